package org.sipmgw.media;

/** Takes the room's packets where they do not go into a page: a decoder before a device of the kernel. */
interface DeviceFeed {
    /** One RTP packet with its page-side header; must copy it. On the media thread. */
    void packet(byte[] buffer, int offset, int length);
}
