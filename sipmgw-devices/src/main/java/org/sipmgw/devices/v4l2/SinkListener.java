package org.sipmgw.devices.v4l2;

/** Hears what happens to a camera. Called on the camera's own thread; must return soon. */
public interface SinkListener {
    /** The device is gone (module removed, node deleted); frames are dropped and it is looked for. */
    default void lost(String detail) {}

    /** It is there again, perhaps under another number. */
    default void back(String path) {}

    /** The first program has opened the camera, or the last has left it; noticed within two seconds. */
    default void readers(boolean present) {}
}
