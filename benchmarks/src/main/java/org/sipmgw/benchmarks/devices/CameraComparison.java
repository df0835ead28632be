package org.sipmgw.benchmarks.devices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Processor time of whole processes that write the same 720p frames to a loopback camera: ours by mapped buffers and by
 * write(2), and ffmpeg. Each runs twice, with few and with many frames; the difference is what the frames cost, without the
 * start of a kernel, a JVM or ffmpeg. Where devlab takes a user-mode kernel the host's processor time is counted, so that
 * system calls cost more than on a real one: trust the ratio.
 */
public final class CameraComparison {
    private static final int FEW = 200;
    private static final int MANY = 3200;
    private static final int RUNS = 3;
    private static final String SIZE = "1280x720";
    /** utime and stime of children that have ended, in 1/100 s: proc(5). */
    private static final int CHILDREN_USER = 15;

    private final Path devlab;
    private final String classPath;

    /** @param devlab the script that runs a command where there are loopback cameras */
    public CameraComparison(Path devlab, String classPath) {
        this.devlab = devlab;
        this.classPath = classPath;
    }

    /** Milliseconds of processor time for a frame, by who writes it. */
    public Map<String, Double> run() throws IOException, InterruptedException {
        Map<String, Double> costs = new LinkedHashMap<>();
        costs.put("mmap", cost(frames -> ours(frames, "mmap")));
        costs.put("write", cost(frames -> ours(frames, "write")));
        costs.put("yardstickFfmpeg", cost(CameraComparison::ffmpeg));
        return costs;
    }

    /** As one more element each for JMH's JSON. */
    public static String json(Map<String, Double> costs) {
        StringBuilder json = new StringBuilder();
        costs.forEach((who, ms) -> json.append(String.format(
                Locale.ROOT,
                ",%n  {\"benchmark\": \"%s.%s\", \"mode\": \"cpu\", \"primaryMetric\": {\"score\": %.4f,"
                        + " \"scoreUnit\": \"ms/frame\"}}",
                CameraComparison.class.getName(),
                who,
                ms)));
        return json.toString();
    }

    @FunctionalInterface
    private interface Writing {
        String command(int frames);
    }

    private double cost(Writing writing) throws IOException, InterruptedException {
        double few = least(writing.command(FEW));
        double many = least(writing.command(MANY));
        return (many - few) * 1000 / (MANY - FEW);
    }

    private String ours(int frames, String how) {
        return "java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + classPath
                + "' org.sipmgw.devices.v4l2.UnpacedWriter \"$camera\" \"$frames\" 1280 720 " + frames + " " + how;
    }

    private static String ffmpeg(int frames) {
        return "ffmpeg -v error -nostdin -stream_loop -1 -f rawvideo -pix_fmt yuv420p -video_size " + SIZE
                + " -i \"$frames\" -frames:v " + frames + " -c:v rawvideo -f v4l2 \"$camera\"";
    }

    /** What the machine's other work adds is never negative: the least is nearest to the truth. */
    private double least(String writing) throws IOException, InterruptedException {
        double least = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            least = Math.min(least, seconds(writing));
        }
        return least;
    }

    private double seconds(String writing) throws IOException, InterruptedException {
        double before = childrenSeconds();
        // thirty frames in the guest's memory, so that reading them costs both sides the same
        String script = "frames=/dev/shm/frames.$$; camera=$(grep -l . /sys/devices/virtual/video4linux/video*/name"
                + " | head -n 1 | xargs dirname); camera=/dev/${camera##*/};"
                + " head -c $((1280 * 720 * 3 / 2 * 30)) /dev/urandom >\"$frames\"; " + writing
                + "; code=$?; rm -f \"$frames\"; exit $code";
        List<String> command = new ArrayList<>(Arrays.asList(devlab.toString(), "--cards", "0", "bash", "-c", script));
        Process process = new ProcessBuilder(command)
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("ended with " + code + ": " + writing);
        }
        return childrenSeconds() - before;
    }

    private static double childrenSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // the number before the parenthesis and the name are fields 1 and 2
        int first = CHILDREN_USER + 1 - 3;
        return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / 100.0;
    }
}
