package org.sipmgw.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page without a browser: scripts are answered from a map, input is written down. */
final class FakePage implements Page {
    final Map<String, Object> document = new HashMap<>(Map.of("scheme", "https:", "status", 200L, "error", ""));
    final Map<String, Object> seen = new HashMap<>();
    final List<String> input = new ArrayList<>();

    @Nullable
    RuntimeException failure;

    @Override
    public @Nullable Object run(String body, Object... arguments) {
        if (failure != null) {
            throw failure;
        }
        return body.contains("responseStatus") ? document : seen;
    }

    @Override
    public boolean ready(String selector) {
        return true;
    }

    @Override
    public void click(String selector) {
        input.add("click " + selector);
    }

    @Override
    public void type(String selector, String text) {
        input.add("type " + selector + " " + text);
    }
}
