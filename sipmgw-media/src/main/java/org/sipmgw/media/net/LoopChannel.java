package org.sipmgw.media.net;

import java.nio.channels.SelectionKey;

/** What a {@link MediaLoop} watches. */
interface LoopChannel {

    /** Something can be read or written; on the loop's thread. Must not throw. */
    void ready(SelectionKey key);
}
