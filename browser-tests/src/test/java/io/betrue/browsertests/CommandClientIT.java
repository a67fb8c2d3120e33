package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client for browsers, in a browser. */
class CommandClientIT {
    private static Browser browser;

    private CommandDesk desk;

    @BeforeAll
    static void openBrowser() {
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void open() {
        desk = new CommandDesk();
        browser.open("http://127.0.0.1:" + desk.port() + "/");
        browser.awaitText("body", "ready");
        js("""
                window.client = connect('/ws', { maxDelay: 500, timeout: 20000 });
                window.told = [];
                client.on('told', data => told.push(data.text));""");
    }

    @AfterEach
    void close() {
        js("client.close()");
        desk.close();
    }

    private static Object js(String body) {
        return browser.run("return (async () => {" + body + "})()");
    }

    /** Keeps how a promise ended under a name. */
    private static void keep(String name, String promise) {
        js("window." + name + " = undefined; " + promise
                + ".then(o => o.text ?? 'done', e => e instanceof CommandError ? e.code : e.name)"
                + ".then(end => window." + name + " = end)");
    }

    private static Object kept(String name) {
        return browser.await(any -> {
            Object value = browser.run("return window." + name);
            return value.equals("") ? null : value;
        });
    }

    private String begun() throws InterruptedException {
        return desk.begun.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void callsCommands() {
        assertThat(js("return (await client.call('desk/echo', { text: 'grüße' })).text"))
                .isEqualTo("grüße");
        assertThat(js("return client.state")).isEqualTo("open");
        assertThat(js("return await client.exchange('desk/echo', { text: 'x' })"))
                .isEqualTo(Map.of("status", 200L, "output", Map.of("text", "x"), "headers", Map.of()));
    }

    @Test
    void throwsProblems() {
        assertThat(js("""
                try {
                    await client.call('desk/unknown');
                } catch (e) {
                    return [e instanceof CommandError, e.code, e.status, e.problem.title, e.message];
                }"""))
                .isEqualTo(List.of(true, "NOT_FOUND", 404L, "Not found", "NOT_FOUND: There is no such command."));
        assertThat(js("return client.call('desk/echo', { text: 'x'.repeat(70000) }).catch(e => e.code)"))
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(js("return client.call('desk/wait', { text: 'a' }, { timeout: 200 }).catch(e => e.code)"))
                .isEqualTo("DEADLINE_EXCEEDED");
    }

    @Test
    void keepsCallsApart() throws InterruptedException {
        keep("first", "client.call('desk/wait', { text: 'first' })");
        keep("second", "client.call('desk/wait', { text: 'second' })");
        begun();
        begun();
        desk.gate("second").countDown();
        assertThat(kept("second")).isEqualTo("second");
        assertThat(browser.run("return window.first")).isEqualTo("");
        desk.gate("first").countDown();
        assertThat(kept("first")).isEqualTo("first");
    }

    @Test
    void sendsNoMoreAtOnceThanTheServerTakes() {
        assertThat(js("""
                const calls = Array.from({ length: 90 }, (_, i) => client.call('desk/echo', { text: String(i) }));
                return (await Promise.all(calls)).map(o => o.text).join() === calls.map((_, i) => i).join();""")).isEqualTo(true);
    }

    @Test
    void cancels() throws InterruptedException {
        js("window.abort = new AbortController()");
        keep("end", "client.call('desk/wait', { text: 'long' }, { signal: abort.signal })");
        begun();
        js("abort.abort()");
        assertThat(kept("end")).isEqualTo("AbortError");
        assertThat(desk.cancelled.poll(20, TimeUnit.SECONDS)).isEqualTo("long");
    }

    @Test
    void hearsEvents() {
        js("await client.call('desk/tell', { text: 'one' }); await client.call('desk/tell', { text: 'two' })");
        assertThat(browser.run("return told")).isEqualTo(List.of("one", "two"));
    }

    @Test
    void rejectsWhatWasSentWhenTheConnectionIsLostAndSendsAgainWhatMayBe() throws InterruptedException {
        keep("unsafe", "client.call('desk/wait', { text: 'unsafe' })");
        begun();
        keep("keyed", "client.call('desk/wait', { text: 'keyed' }, { idempotencyKey: 'k' })");
        begun();
        desk.dropCaller();
        assertThat(kept("unsafe")).isEqualTo("UNAVAILABLE");
        assertThat(begun()).as("sent again").isEqualTo("keyed");
        desk.gate("keyed").countDown();
        assertThat(kept("keyed")).isEqualTo("keyed");
    }

    @Test
    void comesBackAfterARestartAndSendsWhatWaited() {
        js("await client.call('desk/echo', { text: 'x' })");
        js("window.states = []; client.onState(state => states.push(state))");
        js("""
                window.waited = undefined;
                client.onState(state => {
                    if (state === 'waiting' && !window.asked) {
                        window.asked = true;
                        client.call('desk/echo', { text: 'patient' }).then(o => window.waited = o.text, e => window.waited = e.code);
                    }
                });""");
        desk.restart();
        assertThat(kept("waited")).isEqualTo("patient");
        assertThat(js("return states.slice(0, 2).concat(states.at(-1)).join()")).isEqualTo("waiting,connecting,open");
    }

    @Test
    void goesFromServerToServerUntilOneAnswers() {
        assertThat(js("""
                const many = connect(['/none', '/nobody', '/ws'], { minDelay: 1 });
                const text = (await many.call('desk/echo', { text: 'found' }, { timeout: 20000 })).text;
                const url = many.url;
                many.close();
                return [text, url];""")).isEqualTo(List.of("found", "ws://127.0.0.1:" + desk.port() + "/ws"));
    }

    @Test
    void finishesItsCallsOnAConnectionThatIsToBeLeft() throws Exception {
        keep("end", "client.call('desk/wait', { text: 'last' })");
        begun();
        Thread stop = new Thread(desk::restart);
        stop.start();
        browser.await(any -> browser.run("return client.state").equals("open") ? null : true);
        desk.gate("last").countDown();
        assertThat(kept("end")).isEqualTo("last");
        stop.join(20_000);
        assertThat(js("return (await client.call('desk/echo', { text: 'again' })).text"))
                .isEqualTo("again");
    }

    @Test
    void renewsItsCredentialOnceForAllCallsThatNeedIt() {
        desk.tokens.add("new");
        js("""
                window.asked = 0;
                window.signed = connect('/ws', { token: () => asked++ ? 'new' : 'old' });""");
        assertThat(js("""
                const calls = [1, 2, 3].map(() => signed.call('desk/who'));
                return (await Promise.all(calls)).map(o => o.text);""")).isEqualTo(List.of("new", "new", "new"));
        desk.tokens.clear();
        assertThat(js("return signed.call('desk/who').catch(e => e.code)")).isEqualTo("UNAUTHENTICATED");
        js("signed.close()");
    }

    @Test
    void doesFirstWhatIsToBeDoneOnEachConnection() {
        js("""
                window.order = [];
                window.hooked = connect('/ws', {});
                hooked.onOpen(async call => {
                    order.push((await call('desk/echo', { text: 'hook' })).text);
                });
                order.push((await hooked.call('desk/echo', { text: 'call' })).text);
                hooked.close();""");
        assertThat(browser.run("return order")).isEqualTo(List.of("hook", "call"));
    }

    @Test
    void givesUpAServerThatSaysNothing() {
        js("window.silent = connect('/silent', { minDelay: 1, maxDelay: 1 })");
        browser.await(any -> desk.silentConnections.get() >= 2 ? true : null);
        js("silent.close()");
    }

    @Test
    void waitsLongerEachTimeAndAtRandom() {
        assertThat(js("""
                const real = [window.WebSocket, window.setTimeout];
                const delays = [];
                return await new Promise(done => {
                    window.WebSocket = class {
                        readyState = 0;
                        constructor() { queueMicrotask(() => this.onclose?.()); }
                        close() {}
                    };
                    window.setTimeout = (task, delay) => {
                        delays.push(delay);
                        if (delays.length === 9) {
                            [window.WebSocket, window.setTimeout] = real;
                            other.close();
                            done(delays);
                        } else {
                            queueMicrotask(task);
                        }
                    };
                    const other = connect('/ws', { random: () => 0.5 });
                });""")).isEqualTo(List.of(250L, 500L, 1000L, 2000L, 4000L, 8000L, 15000L, 15000L, 15000L));
    }

    @Test
    void endsWhatIsOpenWhenItIsClosed() throws InterruptedException {
        keep("end", "client.call('desk/wait', { text: 'open' })");
        begun();
        js("client.close()");
        assertThat(kept("end")).isEqualTo("CANCELLED");
        assertThat(desk.cancelled.poll(20, TimeUnit.SECONDS)).isEqualTo("open");
        assertThat(js("return client.call('desk/echo').catch(e => e.code)")).isEqualTo("UNAVAILABLE");
        assertThat(browser.run("return client.state")).isEqualTo("closed");
    }

    @Test
    void isRefusedOnAPageOfAnotherOrigin() {
        js("window.foreign = connect('ws://localhost:" + desk.port() + "/ws', { minDelay: 1 })");
        browser.await(any -> browser.run("return foreign.state").equals("waiting") ? true : null);
        assertThat(js("return foreign.call('desk/echo', { text: 'x' }, { timeout: 200 }).catch(e => e.code)"))
                .isEqualTo("DEADLINE_EXCEEDED");
        js("foreign.close()");
    }
}
