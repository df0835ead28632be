package org.sipmgw.browser;

import org.jspecify.annotations.Nullable;

/**
 * The top document of the browser's tab, in the few words a {@link ConferencePage} needs. Selectors are CSS. Nothing
 * here waits for something to appear. Not thread-safe: used on the page's own thread only.
 */
public interface Page {

    /**
     * Runs the body of a function in the page, in the page's own world.
     *
     * @param body statements; arguments are {@code arguments[0]} and so on
     * @param arguments strings, numbers, booleans, lists and maps of these
     * @return what the body returned: null, Boolean, Long, Double, String, List or Map
     * @throws PageException when the body threw, or the page is just being replaced
     */
    @Nullable
    Object run(String body, Object... arguments);

    /** Whether an element matches, is shown and is not disabled. */
    boolean ready(String selector);

    /**
     * Clicks the first match with real input, as a person would.
     *
     * @throws PageException when there is none or something lies over it
     */
    void click(String selector);

    /**
     * Replaces the text of the first match by typing, as a person would.
     *
     * @throws PageException when there is none or it does not take text
     */
    void type(String selector, String text);
}
