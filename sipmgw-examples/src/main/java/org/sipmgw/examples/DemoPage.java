package org.sipmgw.examples;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.sipmgw.testsupport.Pattern;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.Quality;
import org.sipmgw.testsupport.ReceivedVideo;

/** The demo's report for people, one file that needs no other. */
record DemoPage(
        DemoWish wish,
        DemoDirection roomToConference,
        DemoDirection conferenceToRoom,
        List<DemoSample> samples,
        DemoTimeLine timeLine,
        Optional<BufferedImage> snapshot) {

    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#222}
            h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}table{border-collapse:collapse}
            td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ddd}
            .pair{display:flex;gap:1em;margin:.6em 0}figure{margin:0;flex:1}img{width:100%;border:1px solid #ccc}
            figcaption{color:#555;font-size:.9em}pre{background:#f5f5f5;padding:1em;overflow:auto}
            svg{background:#fafafa;border:1px solid #ddd;width:100%}""";

    String text(Map<String, Object> report) throws IOException {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8>")
                .append("<title>sipmgw demo</title><style>")
                .append(STYLE)
                .append("</style><h1>One call: ")
                .append(wish.title())
                .append("</h1>");
        table(page);
        page.append("<h2>What the conference saw of the room</h2>");
        moments(
                page,
                roomToConference,
                new Pattern(PhoneMedia.ROOM_SENDER, "Meeting room", wish.width(), wish.height(), 30));
        page.append("<h2>What the room saw of the conference</h2>");
        moments(
                page,
                conferenceToRoom,
                new Pattern(PhoneMedia.CONFERENCE_SENDER, "Participant", wish.width(), wish.height(), 30));
        if (snapshot.isPresent()) {
            page.append("<p>The picture that baresip itself decoded:</p><div class=pair><figure>");
            image(page, snapshot.get());
            page.append("</figure><figure></figure></div>");
        }
        page.append("<h2>Time line</h2><table>");
        timeLine.entries()
                .forEach(entry -> page.append(
                        String.format(Locale.ROOT, "<tr><td>%.2f s<td>%s", entry.seconds(), escaped(entry.what()))));
        page.append("</table><h2>Frame rate, bitrate, processor</h2>");
        plots(page);
        page.append("<h2>report.json</h2><pre>")
                .append(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(report))
                .append("</pre></html>\n");
        return page.toString();
    }

    private void table(StringBuilder page) {
        page.append("<table><tr><th><th>room &rarr; conference<th>conference &rarr; room");
        roomToConference
                .fields()
                .forEach((key, value) -> page.append("<tr><td>")
                        .append(key)
                        .append("<td>")
                        .append(value)
                        .append("<td>")
                        .append(conferenceToRoom.fields().get(key)));
        page.append("</table><p>Latency is measured from the packet that completes a sent frame to the packet that")
                .append(" completes the received picture which shows the same frame number; skew is sound against")
                .append(" picture as they arrive, positive when the sound comes later.</p>");
    }

    private static void moments(StringBuilder page, DemoDirection direction, Pattern sent) throws IOException {
        for (DemoDirection.Moment moment : direction.moments()) {
            page.append("<div class=pair><figure>");
            image(page, sent.image(moment.frame()));
            page.append("<figcaption>sent: frame ").append(moment.frame()).append("</figcaption></figure><figure>");
            image(page, moment.image());
            page.append(String.format(
                    Locale.ROOT, "<figcaption>received %.0f ms later</figcaption></figure></div>", moment.latencyMs()));
        }
    }

    private static void image(StringBuilder page, BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        page.append("<img alt='' src='data:image/jpeg;base64,")
                .append(Base64.getEncoder().encodeToString(bytes.toByteArray()))
                .append("'>");
    }

    private void plots(StringBuilder page) {
        DemoPlot fps = new DemoPlot("frames per second", 35);
        fps.line("room to conference", perSecond(roomToConference.pictures()));
        fps.line("conference to room", perSecond(conferenceToRoom.pictures()));
        DemoPlot bitrate = new DemoPlot("kb/s of video", 0);
        DemoPlot cpu = new DemoPlot("busy cores of the gateway", 0);
        int n = samples.size() - 1;
        double[][] series = new double[5][n];
        for (int i = 0; i < n; i++) {
            double[] rates = samples.get(i + 1).kilobits(samples.get(i));
            Map<String, Double> cores =
                    samples.get(i + 1).load().coresSince(samples.get(i).load());
            series[0][i] = rates[0];
            series[1][i] = rates[1];
            series[2][i] = cores.getOrDefault("total", 0.0);
            series[3][i] = cores.getOrDefault("browser", 0.0);
            series[4][i] = cores.getOrDefault("jvm", 0.0);
        }
        bitrate.line("room to conference", series[0]);
        bitrate.line("conference to room", series[1]);
        cpu.line("total", series[2]);
        cpu.line("browser", series[3]);
        cpu.line("jvm", series[4]);
        page.append(fps.svg()).append(bitrate.svg()).append(cpu.svg());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static double[] perSecond(List<ReceivedVideo.Picture> pictures) {
        List<ReceivedVideo.Picture> fresh = Quality.fresh(pictures);
        if (fresh.isEmpty()) {
            return new double[] {0};
        }
        long first = fresh.get(0).arrivalNs();
        int seconds = (int) ((fresh.get(fresh.size() - 1).arrivalNs() - first) / 1_000_000_000L);
        double[] counts = new double[Math.max(1, seconds)];
        for (ReceivedVideo.Picture picture : fresh) {
            int second = (int) ((picture.arrivalNs() - first) / 1_000_000_000L);
            if (second < counts.length) {
                counts[second]++;
            }
        }
        return counts;
    }
}
