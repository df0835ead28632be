package org.sipmgw.media;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sipmgw.sdp.MediaKind;

/** One of each kind of media that a call carries. */
record ByKind<T>(T audio, T video) {

    /** Makes one of each. */
    static <T> ByKind<T> of(Function<MediaKind, T> maker) {
        return new ByKind<>(maker.apply(MediaKind.AUDIO), maker.apply(MediaKind.VIDEO));
    }

    /** The one of that kind. */
    T get(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> audio;
            case VIDEO -> video;
            case OTHER -> throw new IllegalArgumentException("no media of kind " + kind);
        };
    }

    List<T> both() {
        return List.of(audio, video);
    }

    void forEach(Consumer<T> action) {
        action.accept(audio);
        action.accept(video);
    }
}
