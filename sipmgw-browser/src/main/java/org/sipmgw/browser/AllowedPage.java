package org.sipmgw.browser;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The page as a {@link ConferencePage} sees it: only while the tab is at an allowed host. The address is asked for in the
 * same evaluation that reads the page, and of the very document that is clicked or typed into, so that a page that goes
 * elsewhere cannot put what it says there in the place of the conference, however fast it is.
 */
final class AllowedPage implements Page {
    /** The page's scripts cannot put another object in the place of {@code window.location}, nor change its address. */
    private static final String AT_ITS_ADDRESS =
            "const value = (() => {\n%s\n})(); return [window.location.href, value];";

    private final Chromium chromium;
    private final AllowedHosts hosts;
    private final Consumer<String> strayed;

    /** @param strayed is told once for each use of the page at a host that is not allowed, before that fails */
    AllowedPage(Chromium chromium, AllowedHosts hosts, Consumer<String> strayed) {
        this.chromium = chromium;
        this.hosts = hosts;
        this.strayed = strayed;
    }

    @Override
    public @Nullable Object run(String body, Object... arguments) {
        if (!(chromium.run(AT_ITS_ADDRESS.formatted(body), arguments) instanceof List<?> answer)
                || answer.size() != 2) {
            throw new PageException("the page does not tell its address");
        }
        check(String.valueOf(answer.get(0)));
        return answer.get(1);
    }

    @Override
    public boolean ready(String selector) {
        return Boolean.TRUE.equals(run(
                "const e = document.querySelector(arguments[0]);"
                        + "return !!e && !e.disabled && e.getClientRects().length > 0"
                        + " && getComputedStyle(e).visibility === 'visible';",
                selector));
    }

    @Override
    public void click(String selector) {
        chromium.click(selector, this::check);
    }

    @Override
    public void type(String selector, String text) {
        chromium.type(selector, text, this::check);
    }

    private void check(String address) {
        if (hosts.allows(address) || address.startsWith("chrome-error:")) {
            return; // the browser's own page, which says why there is no other
        }
        if (address.equals("about:blank") || address.startsWith("data:")) {
            throw new PageException("the page has not loaded");
        }
        strayed.accept(address);
        throw new PageException("the page is at a host that is not allowed");
    }
}
