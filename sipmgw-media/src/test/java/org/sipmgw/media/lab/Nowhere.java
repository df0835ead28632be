package org.sipmgw.media.lab;

import java.lang.reflect.Proxy;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** Devices that nothing looks at. */
public final class Nowhere {
    /** Shows nothing. */
    public static final DisplayPort DISPLAY = proxy(DisplayPort.class);

    /** Plays nothing. */
    public static final SpeakerPort SPEAKER = proxy(SpeakerPort.class);

    private Nowhere() {}

    private static <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null));
    }
}
