package org.sipmgw.media.gst;

/** A playing pipeline, and the thread that takes out what comes at its end. Thread-safe. */
public final class PipelineReader implements AutoCloseable {

    private final MediaPipeline pipeline;
    private final Thread thread;
    private volatile boolean running = true;

    /** Takes out what comes, and returns after some hundred milliseconds at most. */
    @FunctionalInterface
    public interface Taker {
        /** On the reader's thread, again and again. */
        void take();
    }

    private PipelineReader(MediaPipeline pipeline, String name, Taker taker) {
        this.pipeline = pipeline;
        thread = new Thread(
                () -> {
                    while (running) {
                        taker.take();
                    }
                },
                name);
        thread.setDaemon(true);
    }

    /** Starts both. The pipeline is the reader's from now on, and closed when it does not start. */
    public static PipelineReader start(MediaPipeline pipeline, String name, Taker taker) {
        try {
            pipeline.start();
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
        PipelineReader reader = new PipelineReader(pipeline, name, taker);
        reader.thread.start();
        return reader;
    }

    /** Whether it has not been closed. */
    public boolean running() {
        return running;
    }

    /** Ends both and waits; what the taker holds is its own again. Once is enough. */
    @Override
    public void close() {
        synchronized (this) {
            if (!running) {
                return;
            }
            running = false;
        }
        pipeline.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        pipeline.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
