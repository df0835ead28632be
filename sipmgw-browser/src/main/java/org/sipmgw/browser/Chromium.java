package org.sipmgw.browser;

import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.bidi.browsingcontext.BrowsingContext;
import org.openqa.selenium.bidi.browsingcontext.BrowsingContextInfo;
import org.openqa.selenium.bidi.module.BrowsingContextInspector;
import org.openqa.selenium.bidi.module.Permission;
import org.openqa.selenium.bidi.module.Script;
import org.openqa.selenium.bidi.permissions.PermissionState;
import org.openqa.selenium.bidi.script.ChannelValue;
import org.openqa.selenium.bidi.script.LocalValue;
import org.openqa.selenium.bidi.script.Message;
import org.openqa.selenium.bidi.script.Source;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;

/**
 * One browser with one tab, driven by Selenium through a driver process that already runs. Used on the page's own thread;
 * only what arrives from the browser (messages, navigation) comes on threads of Selenium.
 */
final class Chromium {
    /** A page that does not answer a script for so long hangs. */
    private static final Duration SCRIPT_TIMEOUT = Duration.ofMillis(1500);

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(15);
    /** What goes through the browser's own BiDi part answers soon or never. */
    private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(3);

    private static final String CHANNEL = "org.sipmgw.bridge";

    private final RemoteWebDriver driver;
    private final Script script;
    private final BrowsingContext tab;

    private Chromium(RemoteWebDriver driver) {
        this.driver = driver;
        this.script = new Script(driver);
        this.tab = new BrowsingContext(driver, driver.getWindowHandle());
    }

    /**
     * Starts Chromium under the driver.
     *
     * @param patience how many times longer than usual it may take to answer
     *
     * @throws BrowserLostException when it does not start
     */
    static Chromium start(URL driverAddress, ChromeOptions options, BrowserConfig.Size size, int patience) {
        ClientConfig client = ClientConfig.defaultConfig()
                .baseUrl(driverAddress)
                .readTimeout(COMMAND_TIMEOUT.multipliedBy(patience))
                .wsTimeout(EVENT_TIMEOUT.multipliedBy(patience));
        return Failures.translated(() -> {
            RemoteWebDriver driver = new RemoteWebDriver(new HttpCommandExecutor(client), options, client);
            try {
                driver.manage().timeouts().scriptTimeout(SCRIPT_TIMEOUT.multipliedBy(patience));
                Chromium chromium = new Chromium(driver);
                chromium.tab.setViewport(size.width(), size.height());
                return chromium;
            } catch (RuntimeException e) {
                quit(driver);
                throw e;
            }
        });
    }

    /** Has a function called in every frame and tab before scripts of the page, with a channel to the consumer. */
    void preload(String function, Consumer<Message> messages) {
        Failures.translated(() -> {
            script.onMessage(message -> {
                if (message.getChannel().equals(CHANNEL)) {
                    messages.accept(message);
                }
            });
            return script.addPreloadScript(function, List.of(new ChannelValue(CHANNEL)));
        });
    }

    /**
     * Calls a function in the document that a message came from. The driver loses sight of about one document in a hundred
     * that has just replaced another ("no such frame"); then in whatever document the frame shows now. Not by frame at
     * once: in a new tab that waits until all of it is loaded.
     */
    void call(Source from, String function, List<LocalValue> arguments) {
        Optional<List<LocalValue>> values = Optional.of(arguments);
        try {
            Failures.translated(() -> script.callFunctionInRealm(
                    from.getRealm(), function, false, values, Optional.empty(), Optional.empty()));
        } catch (PageException lost) {
            String frame = from.getBrowsingContext().orElseThrow(() -> lost);
            Failures.translated(() -> script.callFunctionInBrowsingContext(
                    frame, function, false, values, Optional.empty(), Optional.empty()));
        }
    }

    /** Tells of every navigation that begins in any tab or frame: tab or frame, address. */
    void onNavigation(BiConsumer<String, String> listener) {
        Failures.translated(() -> {
            // not closed: its end is the browser's
            new BrowsingContextInspector(driver)
                    .onNavigationStarted(info -> listener.accept(info.getBrowsingContextId(), info.getUrl()));
            return true;
        });
    }

    /** The only tab that is looked at. */
    String tab() {
        return tab.getId();
    }

    /** Closes the tabs, other than the only one, whose address is not among the allowed. */
    void closeTabs(AllowedHosts allowed) {
        Failures.translated(() -> {
            for (BrowsingContextInfo other : tab.getTopLevelContexts()) {
                if (!other.getId().equals(tab.getId())
                        && !other.getUrl().equals("about:blank")
                        && !allowed.allows(other.getUrl())) {
                    new BrowsingContext(driver, other.getId()).close();
                }
            }
            return true;
        });
    }

    /** Lets the pages of one origin use camera and microphone. */
    void permit(URI page) {
        String origin = page.getScheme() + "://" + page.getRawAuthority();
        Failures.translated(() -> {
            Permission permission = new Permission(driver);
            for (String name : List.of("camera", "microphone")) {
                permission.setPermission(Map.of("name", name), PermissionState.GRANTED, origin);
            }
            return true;
        });
    }

    /** Goes to an address; does not wait for it to load. */
    void navigate(String address) {
        Failures.translated(() -> {
            driver.get(address);
            return true;
        });
    }

    /** As {@link Page#run}, wherever the tab is. */
    @Nullable
    Object run(String body, Object... arguments) {
        Optional<Object> result = Failures.translated(() -> Optional.ofNullable(driver.executeScript(body, arguments)));
        return result.orElse(null);
    }

    /** As {@link Page#click}, unless {@code address} throws for the address of the document that the element is in. */
    void click(String selector, Consumer<String> address) {
        Failures.translated(() -> {
            element(selector, address).click();
            return true;
        });
    }

    /** As {@link Page#type}, unless {@code address} throws for the address of the document that the field is in. */
    void type(String selector, String text, Consumer<String> address) {
        Failures.translated(() -> {
            WebElement field = element(selector, address);
            field.clear();
            field.sendKeys(text);
            return true;
        });
    }

    /** What is found belongs to its document: after a navigation it takes no input any more. */
    private WebElement element(String selector, Consumer<String> address) {
        WebElement found = driver.findElement(By.cssSelector(selector));
        address.accept(String.valueOf(
                driver.executeScript("return arguments[0].ownerDocument.defaultView.location.href", found)));
        return found;
    }

    /** What the page looks like, as PNG. */
    byte[] picture() {
        return Failures.translated(() -> driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Frees what Selenium holds here. The browser itself is ended with its driver's process tree, best before this. */
    void forget() {
        quit(driver);
    }

    private static void quit(RemoteWebDriver driver) {
        try {
            driver.quit();
        } catch (WebDriverException e) {
            // the driver is gone already, which is what was wanted
        }
    }
}
