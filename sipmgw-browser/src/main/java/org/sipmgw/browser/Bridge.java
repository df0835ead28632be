package org.sipmgw.browser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.bidi.script.LocalValue;
import org.openqa.selenium.bidi.script.Message;
import org.openqa.selenium.bidi.script.Source;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.json.JsonException;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.PagePeer;

/**
 * The gateway's end of the bridge script ({@code bridge.js}): takes the offers of frames to the {@link PagePeer} and hands
 * the answers back into the frame that offered. What comes from the page is bounded and never trusted.
 */
final class Bridge {
    private static final System.Logger LOG = System.getLogger(Bridge.class.getName());
    private static final int OFFERS = 10;
    private static final long OFFERS_WINDOW_NS = 10_000_000_000L;
    /** The document that offered may have gone since: ids are never the same in two documents. */
    private static final String ANSWER =
            "(id, sdp, error) => window[Symbol.for('org.sipmgw.bridge')]?.answer(id, sdp, error)";

    private final Chromium chromium;
    private final Executor pageThread;
    /** On the page's thread only, as all below. */
    private @Nullable PagePeer peer;

    private @Nullable String owner;
    private long ownersOffer;
    private String ownersAnswer = "";
    private final Deque<Long> offerTimes = new ArrayDeque<>();

    private Bridge(Chromium chromium, Executor pageThread) {
        this.chromium = chromium;
        this.pageThread = pageThread;
    }

    /** Puts the script into every page to come. */
    static Bridge install(Chromium chromium, Executor pageThread) {
        Bridge bridge = new Bridge(chromium, pageThread);
        chromium.preload(Resources.text("bridge.js"), new PageMessages(pageThread, bridge::receive));
        return bridge;
    }

    /** The same for a page that has devices of its own: it sees these, and never offers. */
    static Bridge install(Chromium chromium, Executor pageThread, PageDevices devices) {
        chromium.preload(script(devices), message -> {});
        return new Bridge(chromium, pageThread);
    }

    static String script(PageDevices devices) {
        return Resources.text("devices.js")
                .replace(
                        "videoinput: CAMERA_LABEL",
                        "videoinput: " + quoted(devices.camera().label()))
                .replace(
                        "audioinput: MICROPHONE_LABEL",
                        "audioinput: " + quoted(devices.microphone().label()));
    }

    private static String quoted(String label) {
        return new Json().toJson(label);
    }

    /** From now on this is the page's camera and microphone. On the page's thread. */
    void connect(PagePeer camera) {
        this.peer = camera;
    }

    private void receive(Message message) {
        Map<String, Object> content = content(message);
        if ("offer".equals(content.get("type"))
                && content.get("id") instanceof Number id
                && content.get("sdp") instanceof String sdp) {
            offered(message.getSource(), id.longValue(), sdp, Boolean.TRUE.equals(content.get("renewal")));
        } else if ("connection".equals(content.get("type"))) {
            LOG.log(System.Logger.Level.DEBUG, "Camera connection of the page: {0}", content.get("state"));
        }
    }

    private static Map<String, Object> content(Message message) {
        try {
            return new Json().toType(String.valueOf(message.getData().getValue().orElse("")), Json.MAP_TYPE);
        } catch (JsonException e) {
            return Map.of();
        }
    }

    private void offered(Source from, long id, String sdp, boolean renewal) {
        PagePeer camera = peer;
        if (camera == null) {
            answer(from, id, "", "no call");
        } else if (renewal && !from.getRealm().equals(owner)) {
            // its connection was taken over by another frame: taking it back would go to and fro for ever
            answer(from, id, "", "another frame uses the camera");
        } else if (from.getRealm().equals(owner) && id == ownersOffer) {
            repeat(from, id);
        } else if (tooMany(System.nanoTime())) {
            answer(from, id, "", "too many offers");
        } else {
            owner = from.getRealm();
            ownersOffer = id;
            ownersAnswer = "";
            camera.connect(sdp)
                    .whenComplete((answer, failure) -> pageThread.execute(() -> {
                        if (failure == null) {
                            if (from.getRealm().equals(owner) && id == ownersOffer) {
                                ownersAnswer = answer;
                            }
                            answer(from, id, answer, "");
                        } else {
                            LOG.log(System.Logger.Level.WARNING, "The page's offer cannot be answered", failure);
                            answer(from, id, "", "the gateway cannot answer");
                        }
                    }));
        }
    }

    /** The offer came again: its answer is still being made, or was lost on its way to the page. */
    private void repeat(Source from, long id) {
        LOG.log(System.Logger.Level.INFO, "The page repeats its offer");
        if (!ownersAnswer.isEmpty()) {
            answer(from, id, ownersAnswer, "");
        }
    }

    private void answer(Source from, long id, String sdp, String error) {
        try {
            chromium.call(
                    from,
                    ANSWER,
                    List.of(LocalValue.numberValue(id), LocalValue.stringValue(sdp), LocalValue.stringValue(error)));
        } catch (PageException | BrowserLostException e) {
            LOG.log(System.Logger.Level.DEBUG, "The frame that offered is gone", e);
        }
    }

    private boolean tooMany(long nowNs) {
        while (!offerTimes.isEmpty() && nowNs - offerTimes.peekFirst() > OFFERS_WINDOW_NS) {
            offerTimes.removeFirst();
        }
        if (offerTimes.size() >= OFFERS) {
            return true;
        }
        offerTimes.addLast(nowNs);
        return false;
    }
}
