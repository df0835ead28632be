package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against the numbers of linux/videodev2.h as the C compiler makes them on x86-64 and arm64. */
class V4l2LayoutTest {

    @Test
    void requestsHaveTheNumbersOfTheKernelsHeaders() {
        assertThat(V4l2Layout.QUERYCAP.number()).isEqualTo(0x80685600L);
        assertThat(V4l2Layout.G_FMT.number()).isEqualTo(0xc0d05604L);
        assertThat(V4l2Layout.S_FMT.number()).isEqualTo(0xc0d05605L);
        assertThat(V4l2Layout.REQBUFS.number()).isEqualTo(0xc0145608L);
        assertThat(V4l2Layout.QUERYBUF.number()).isEqualTo(0xc0585609L);
        assertThat(V4l2Layout.QBUF.number()).isEqualTo(0xc058560fL);
        assertThat(V4l2Layout.DQBUF.number()).isEqualTo(0xc0585611L);
        assertThat(V4l2Layout.STREAMON.number()).isEqualTo(0x40045612L);
        assertThat(V4l2Layout.STREAMOFF.number()).isEqualTo(0x40045613L);
        assertThat(V4l2Layout.S_PARM.number()).isEqualTo(0xc0cc5616L);
        assertThat(V4l2Layout.ENUM_FMT.number()).isEqualTo(0xc0405602L);
        assertThat(V4l2Layout.ENUM_FRAMESIZES.number()).isEqualTo(0xc02c564aL);
        assertThat(V4l2Layout.ENUM_FRAMEINTERVALS.number()).isEqualTo(0xc034564bL);
        assertThat(V4l2Layout.S_CTRL.number()).isEqualTo(0xc008561cL);
    }

    @Test
    void formatsHaveTheirFourLetters() {
        assertThat(PixelFormat.BGR24.fourcc()).isEqualTo(0x33524742);
        assertThat(PixelFormat.letters(PixelFormat.MJPEG.fourcc())).isEqualTo("MJPG");
        assertThat(PixelFormat.of(0x32315559)).contains(PixelFormat.YU12);
        assertThat(PixelFormat.of(0)).isEmpty();
    }
}
