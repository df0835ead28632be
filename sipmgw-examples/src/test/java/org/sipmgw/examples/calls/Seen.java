package org.sipmgw.examples.calls;

import java.util.List;
import org.sipmgw.testsupport.Quality;
import org.sipmgw.testsupport.ReceivedVideo;
import org.sipmgw.testsupport.ToneReader;

/**
 * What one side got of the other in a stretch of time.
 *
 * @param pictures all decoded pictures of the stretch
 * @param beeps the beeps of the other side
 */
record Seen(List<ReceivedVideo.Picture> pictures, List<ToneReader.Beep> beeps) {

    /** How many different frames of the other side were read. */
    int frames() {
        return Quality.fresh(pictures).size();
    }

    /** How many of the eight pitches were heard. */
    int pitches() {
        return (int) beeps.stream().map(ToneReader.Beep::index).distinct().count();
    }

    @Override
    public String toString() {
        return String.format(
                "%d frames (%.1f/s, %d pictures), %d beeps of %d pitches",
                frames(), Quality.framesPerSecond(pictures), pictures.size(), beeps.size(), pitches());
    }
}
