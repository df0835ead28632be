package org.sipmgw.examples.calls;

import java.io.IOException;
import org.sipmgw.testsupport.JanusParticipant;
import org.sipmgw.testsupport.JanusRoom;
import org.sipmgw.testsupport.JanusServer;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.PreparedAudio;
import org.sipmgw.testsupport.PreparedVideo;

/** A room of the conference server with a participant in it. Closing makes the participant leave. */
record Conference(JanusServer server, JanusRoom room, JanusParticipant participant) implements AutoCloseable {

    /** Makes the room and lets the participant join it. */
    static Conference open(JanusServer server, JanusRoom room, PreparedAudio sound, PreparedVideo picture)
            throws IOException {
        server.createRoom(room);
        return new Conference(server, room, JanusParticipant.join(server, room, "Colleague", sound, picture));
    }

    /** The user part that calls this room. */
    String user() {
        return Long.toString(room.number());
    }

    /** What the participant gets of the room system of that name, once it is there. */
    Watch watch(String roomSystem) throws IOException {
        return watch(roomSystem, PhoneMedia.ROOM_SENDER);
    }

    /** As above, of a room system that sends the pattern of {@code sender}. */
    Watch watch(String roomSystem, int sender) throws IOException {
        return watch(participant, roomSystem, sender);
    }

    /** As above, watched by another participant. */
    Watch watch(JanusParticipant watcher, String roomSystem, int sender) throws IOException {
        watcher.watch(roomSystem, Watch.PATIENCE_MS);
        return new Watch(
                roomSystem + " at the participant",
                watcher.video(),
                room.videoCodec(),
                sender,
                watcher.audio(),
                room.audioCodec(),
                Watch.tones(sender),
                watcher::requestKeyFrame);
    }

    /** Whether somebody of that name publishes. */
    boolean has(String roomSystem) throws IOException {
        return server.participants(room).contains(roomSystem);
    }

    @Override
    public void close() {
        participant.close();
    }
}
