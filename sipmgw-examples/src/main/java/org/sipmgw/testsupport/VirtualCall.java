package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One call of a {@link VirtualPhone}. Thread-safe. Closing hangs up. */
public final class VirtualCall implements AutoCloseable {

    private static final long ANSWER_MS = 120_000;
    private static final long REQUEST_MS = 8000;
    private static final int OWN_SSRC = 0x50484f4e;
    private static final String SDP = "application/sdp";

    private final SipSocket socket;
    private final PhoneDialog dialog;
    private final PhoneRtp rtp;
    private final boolean withOffer;
    private final InetSocketAddress server;
    private final long startNs = System.nanoTime();
    private final CompletableFuture<SipMessage> answer = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final List<String> infos = new CopyOnWriteArrayList<>();
    private final SipMessage invite;
    private volatile long ringingNs;
    private volatile long answeredNs;
    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger firNumber = new AtomicInteger();

    VirtualCall(
            SipSocket socket,
            String name,
            String uri,
            PhoneMedia media,
            boolean withOffer,
            Optional<LossyRelay> network)
            throws IOException {
        this.socket = socket;
        this.withOffer = withOffer;
        this.server = PhoneDialog.address(uri);
        this.dialog = new PhoneDialog(name, uri, socket.authority());
        this.rtp = new PhoneRtp(media, network);
        this.invite = dialog.request("INVITE");
        if (withOffer) {
            invite.body(SDP, offer("sendrecv"));
        }
    }

    void start() throws IOException {
        String branch = invite.parameter("Via", "branch").orElseThrow();
        BlockingQueue<SipMessage> responses = socket.open(branch, "INVITE");
        socket.send(invite, server);
        Thread thread = new Thread(() -> follow(responses), "phone-invite");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(BlockingQueue<SipMessage> responses) {
        long repeatMs = 500;
        long end = System.nanoTime() + ANSWER_MS * 1_000_000;
        try {
            while (System.nanoTime() < end && !socketClosed()) {
                SipMessage response = SipSocket.poll(responses, repeatMs);
                if (response == null) {
                    if (ringingNs == 0 && !answer.isDone()) {
                        socket.send(invite, server);
                        repeatMs *= 2;
                    }
                } else if (take(response)) {
                    end = System.nanoTime() + ANSWER_MS * 1_000_000;
                    repeatMs = ANSWER_MS;
                }
            }
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        answer.completeExceptionally(new IOException("not answered within " + ANSWER_MS + " ms"));
    }

    private boolean socketClosed() {
        return ended.isDone();
    }

    private boolean take(SipMessage response) throws IOException {
        if (response.status() < 200) {
            if (ringingNs == 0 && response.status() >= 180) {
                ringingNs = System.nanoTime();
            }
            return true;
        }
        if (response.status() >= 300) {
            socket.send(
                    dialog.sameTransaction("ACK", invite, response.header("To").orElse("")), server);
            answer.completeExceptionally(new IOException(response.startLine()));
            ended.complete(response.startLine());
            return true;
        }
        dialog.learn(response);
        SipMessage ack = dialog.belonging("ACK", invite);
        if (!withOffer) {
            ack.body(SDP, answerTo(response.body()));
        }
        socket.send(ack, dialog.remote());
        if (answeredNs == 0) {
            answeredNs = System.nanoTime();
            rtp.configure(response.body(), withOffer);
            answer.complete(response);
        }
        return true;
    }

    /** Waits for 200 and returns its description; refused calls throw, naming the response. */
    public String awaitAnswer() throws IOException {
        try {
            return answer.get(ANSWER_MS + 1000, TimeUnit.MILLISECONDS).body();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IOException("not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Milliseconds from INVITE to 200; -1 before. */
    public long answerMs() {
        return answeredNs == 0 ? -1 : (answeredNs - startNs) / 1_000_000;
    }

    /** Whether 180 has come. */
    public boolean ringing() {
        return ringingNs != 0;
    }

    /** Completes with what ended the call, seen from here: {@code BYE}, a Reason header, or a refusal's first line. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Gives up before the answer. */
    public void cancel() throws IOException {
        SipMessage cancel =
                dialog.sameTransaction("CANCEL", invite, invite.header("To").orElse(""));
        socket.ask(cancel, server, REQUEST_MS);
    }

    /** Hangs up; nothing happens when the call has ended. */
    public void hangUp() throws IOException {
        if (ended.isDone()) {
            return;
        }
        if (answeredNs == 0) {
            cancel();
        } else if (ended.complete("hung up here")) {
            rtp.player().ifPresent(p -> p.playing(false));
            socket.ask(dialog.request("BYE"), dialog.remote(), REQUEST_MS);
        }
    }

    /** Holds the call: we only send, and send nothing. Returns the answer's description. */
    public String hold() throws IOException {
        String description = reInvite("sendonly");
        rtp.player().ifPresent(p -> p.playing(false));
        return description;
    }

    /** Goes on after {@link #hold}. */
    public String resume() throws IOException {
        String description = reInvite("sendrecv");
        rtp.player().ifPresent(p -> p.playing(true));
        return description;
    }

    /** Offers again with another direction; returns the answer's description. */
    public String reInvite(String direction) throws IOException {
        version.incrementAndGet();
        SipMessage request = dialog.request("INVITE").body(SDP, offer(direction));
        SipMessage response = socket.ask(request, dialog.remote(), REQUEST_MS);
        if (response.status() >= 300) {
            throw new IOException(response.startLine());
        }
        socket.send(dialog.belonging("ACK", request), dialog.remote());
        rtp.configure(response.body(), true);
        return response.body();
    }

    /** Offers again with other keys; returns the answer's description. */
    public String reKey() throws IOException {
        rtp.renewKeys();
        return reInvite("sendrecv");
    }

    /** Offers again with ICE anew; returns the answer's description. */
    public String restartIce() throws IOException {
        rtp.restartIce();
        return reInvite("sendrecv");
    }

    /** Where the gateway's sound and picture are, as described or as ICE has found; port 0 while that is not known. */
    public List<InetSocketAddress> targets() {
        return rtp.targets();
    }

    /** What ICE could not do. */
    public List<String> iceFailures() {
        return rtp.iceFailures();
    }

    /** Sends a request within the call; returns the status of its final response. */
    public int request(String method, String contentType, String body) throws IOException {
        return socket.ask(dialog.request(method).body(contentType, body), dialog.remote(), REQUEST_MS)
                .status();
    }

    /** Asks for a key frame by PLI. */
    public void requestKeyFrame() {
        rtp.video().sendReport(Rtcp.pli(OWN_SSRC, remoteVideoSsrc(), "phone@sipmgw.test"), rtp.videoReports());
    }

    /** Asks for a key frame by FIR, each time a new one. */
    public void requestKeyFrameByFir() {
        byte[] fir = Rtcp.fir(OWN_SSRC, remoteVideoSsrc(), firNumber.incrementAndGet() & 255, "phone@sipmgw.test");
        rtp.video().sendReport(fir, rtp.videoReports());
    }

    /** Asks for no more than so many bits per second (TMMBR). */
    public void requestBitrate(int bitrateBps) {
        byte[] request = Rtcp.bitrateRequest(OWN_SSRC, remoteVideoSsrc(), bitrateBps, "phone@sipmgw.test");
        rtp.video().sendReport(request, rtp.videoReports());
    }

    /** Packets that were resent because the gateway asked for them. */
    public long resent() {
        return rtp.resent();
    }

    /** The sound that came. */
    public RtpRecording audio() {
        return rtp.audio().recording();
    }

    /** The picture that came. */
    public RtpRecording video() {
        return rtp.video().recording();
    }

    /** RTCP that came for the picture. */
    public List<Rtcp.Item> videoReports() {
        return rtp.video().reports();
    }

    /** RTCP that came for the sound. */
    public List<Rtcp.Item> audioReports() {
        return rtp.audio().reports();
    }

    /** Bodies of INFO requests that came. */
    public List<String> infos() {
        return List.copyOf(infos);
    }

    /** When our frames were sent. */
    public SentFrames sent() {
        return rtp.player().map(RtpPlayer::sent).orElseGet(SentFrames::new);
    }

    /** What becomes of each picture packet on its way: gone (none), doubled (twice), held back for later. */
    public void videoPath(Function<byte[], List<byte[]>> path) {
        rtp.player().ifPresent(p -> p.videoPath(path));
    }

    /** Goes on with another picture. */
    public void play(PreparedVideo next) {
        rtp.player().ifPresent(p -> p.video(next));
    }

    /** Goes on as another video source. */
    public void changeVideoSsrc() {
        rtp.player().ifPresent(RtpPlayer::changeVideoSsrc);
    }

    /** Lets the timestamps of our picture jump. */
    public void jumpVideoTimestamp(int ticks) {
        rtp.player().ifPresent(p -> p.jumpVideoTimestamp(ticks));
    }

    /** Stops playing without a word, as a room system does whose cable is cut. */
    public void fallSilent() {
        rtp.player().ifPresent(p -> p.playing(false));
    }

    String callId() {
        return dialog.callId();
    }

    @Override
    public void close() {
        try {
            hangUp();
        } catch (IOException e) {
            System.getLogger(VirtualCall.class.getName()).log(System.Logger.Level.DEBUG, "not hung up properly", e);
        }
        ended.complete("closed");
        rtp.close();
    }

    void request(SipMessage request, InetSocketAddress source) throws IOException {
        switch (request.method()) {
            case "ACK" -> {}
            case "BYE" -> {
                socket.send(request.response(200, "OK", dialog.localTag()), source);
                rtp.player().ifPresent(p -> p.playing(false));
                ended.complete(request.header("Reason").orElse("BYE"));
            }
            case "INVITE" -> {
                Optional<String> offer = Optional.of(request.body()).filter(b -> !b.isBlank());
                version.incrementAndGet();
                String description = offer.map(this::answerTo).orElseGet(() -> offer("sendrecv"));
                offer.ifPresent(theirs -> rtp.configure(theirs, false));
                socket.send(
                        request.response(200, "OK", dialog.localTag())
                                .with("Contact", dialog.contact())
                                .body(SDP, description),
                        source);
            }
            default -> {
                if (request.method().equals("INFO")) {
                    infos.add(request.body());
                }
                socket.send(request.response(200, "OK", dialog.localTag()).with("Contact", dialog.contact()), source);
            }
        }
    }

    private String offer(String direction) {
        return rtp.offer(direction, version.get());
    }

    private String answerTo(String offer) {
        return rtp.answer(offer, version.get());
    }

    private int remoteVideoSsrc() {
        List<RtpPacket> packets = video().packets();
        return packets.isEmpty() ? 0 : packets.get(packets.size() - 1).ssrc();
    }
}
