package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.WalletApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The chat of the monolith's page, as people use it: each with a browser, some with several tabs. */
class ChatPageIT {
    private static WalletApplication monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = WalletApplication.monolith(Map.of("ACCOUNTS_CONFIRMATION", "off"));
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    private static Guest guest(String name) {
        return Guest.registered(monolith.url(), name);
    }

    @Test
    void twoTalkInSeveralTabs() {
        try (Guest ada = guest("ada");
                Guest otto = guest("otto")) {
            otto.goTo("chat");
            otto.awaitState("connected");
            ada.createRoom("Lunch");
            ada.invite(otto.email);
            otto.openRoom("Lunch"); // which appeared by itself
            ada.say("At noon?");
            otto.awaitMessages(List.of("At noon?"));

            ada.browser.awaitText("#here", "2 members");
            otto.browser.see("#composer textarea").sendKeys("Ye");
            ada.browser.awaitText("#typing", "is writing");
            otto.browser.see("#composer textarea").sendKeys("s" + Keys.ENTER);
            ada.awaitMessages(List.of("At noon?", "Yes"));

            String first = otto.browser.tab();
            String room = otto.browser.run("return location.hash").toString();
            otto.browser.openTab(otto.page("chat"));
            otto.awaitState("connected");
            ada.say("Where?");
            otto.browser.awaitText("#rooms .count", "1");
            otto.browser.look(first);
            otto.awaitMessages(List.of("At noon?", "Yes", "Where?"));
            otto.say("Here");
            ada.awaitMessages(List.of("At noon?", "Yes", "Where?", "Here"));
            otto.browser.openTab(otto.page(room.substring(1)));
            otto.awaitMessages(List.of("At noon?", "Yes", "Where?", "Here"));

            otto.browser.see("#sign-out").click();
            otto.browser.see("#entrance");
            otto.browser.look(first);
            otto.browser.see("#entrance"); // all tabs are one person
            assertThat(ada.browser.complaints()).isEmpty();
            assertThat(otto.browser.complaints()).isEmpty();
        }
    }

    @Test
    void keepsWhatIsWrittenOfflineAndSaysItOnce() throws Exception {
        try (Relay relay = new Relay(monolith.url());
                Guest ada = Guest.registered(relay.url(), "ada");
                Guest otto = guest("otto")) {
            ada.createRoom("Trip");
            ada.invite(otto.email);
            ada.say("one");
            otto.openRoom("Trip");
            otto.awaitMessages(List.of("one"));

            relay.cut();
            ada.awaitState("reconnecting");
            ada.browser.awaitText("#line", "Reconnecting");
            ada.say("two");
            ada.say("three");
            ada.browser.awaitText("#waiting", "three");
            otto.say("are you there?");
            otto.awaitMessages(List.of("one", "are you there?"));
            assertThat(ada.messages()).hasSize(1);

            relay.mend();
            List<String> all = List.of("one", "are you there?", "two", "three");
            ada.awaitMessages(all);
            otto.awaitMessages(all);
            assertThat(ada.browser.run("return document.querySelectorAll('#waiting > li').length"))
                    .isEqualTo(0L);
            otto.say("good");
            ada.awaitMessages(Stream.concat(all.stream(), Stream.of("good")).toList());
        }
    }

    @Test
    void asksBeforeItDiscardsWhatIsNotSent() throws Exception {
        try (Relay relay = new Relay(monolith.url());
                Guest ada = Guest.registered(relay.url(), "ada")) {
            ada.createRoom("Trip");
            ada.say("one");
            ada.awaitMessages(List.of("one"));
            relay.cut();
            ada.awaitState("reconnecting");
            ada.say("two");
            ada.say("three");
            ada.browser.awaitText("#waiting", "three");
            ada.browser.see("#sign-out").click();
            ada.browser.awaitText("#leaving-dialog", "2 messages are not sent yet");
            ada.browser.press(Keys.ESCAPE);
            ada.browser.awaitTrue("!document.querySelector('#leaving-dialog').open");
            relay.mend();
            ada.awaitMessages(List.of("one", "two", "three"));

            relay.cut();
            ada.awaitState("reconnecting");
            ada.say("four");
            ada.browser.awaitText("#waiting", "four");
            ada.goTo("account");
            ada.browser.see("#everywhere button").click();
            ada.browser.awaitText("#leaving-dialog", "A message is not sent yet");
            ada.browser.see("#leaving-dialog [value=stay]").click();
            ada.browser.awaitTrue("!document.querySelector('#leaving-dialog').open");
            ada.browser.see("#sign-out").click();
            ada.browser.see("#leaving-dialog [value=discard]").click();
            ada.browser.see("#entrance");
            assertThat(ada.browser.run("return localStorage.getItem('wallet-outbox')"))
                    .isEqualTo("");
        }
    }

    @Test
    void whatIsSaidIsFoundInTheLogByItsTrace() {
        try (Guest ada = guest("ada")) {
            ada.createRoom("Trip");
            ada.browser.run("""
                    const send = WebSocket.prototype.send;
                    WebSocket.prototype.send = function (text) {
                        const message = JSON.parse(text);
                        if (message.call === 'chat/send') {
                            window.sent = message.headers.traceparent;
                        }
                        send.call(this, text);
                    }""");
            ada.say("one");
            ada.awaitMessages(List.of("one"));
            String parent = ada.browser.run("return window.sent").toString();
            assertThat(parent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            monolith.awaitOutput("trace " + parent.split("-", -1)[1]);
        }
    }

    @Test
    void showsWhatWasSaidBefore() {
        try (Guest ada = guest("ada")) {
            ada.createRoom("Long");
            ada.browser.run("""
                    const room = location.hash.split('/')[1];
                    const { token } = JSON.parse(localStorage.getItem('wallet-session'));
                    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer ' + token };
                    return (async () => {
                        for (let i = 1; i <= 120; i++) {
                            await fetch('/api/chat/send', { method: 'POST', headers, body: JSON.stringify({ roomId: room, text: 'm' + i }) });
                        }
                    })()""");
            List<String> all = IntStream.rangeClosed(1, 120)
                    .mapToObj(number -> number + ": m" + number)
                    .toList();
            awaitNumbers(ada, all);
            ada.browser.open(monolith.url() + "/404"); // the page of the room, anew
            ada.browser.open(monolith.url() + "/#chat");
            ada.openRoom("Long");
            awaitNumbers(ada, all.subList(70, 120));
            ada.browser.run("document.querySelector('#older').click()");
            awaitNumbers(ada, all.subList(20, 120));
            ada.browser.run("document.querySelector('#older').click()");
            awaitNumbers(ada, all);
            assertThat(ada.browser.run("return document.querySelector('#older').hidden"))
                    .isEqualTo(true);
        }
    }

    private static void awaitNumbers(Guest guest, List<String> wanted) {
        guest.browser.await(page -> guest.messages().equals(wanted) ? true : null);
    }

    @Test
    void worksWithTheKeyboardAlone() {
        try (Guest ada = guest("ada")) {
            ada.goTo("chat");
            ada.awaitState("connected");
            tabTo(ada, "new-chat");
            ada.browser.press(Keys.ENTER);
            ada.browser.see("#new-chat-dialog");
            ada.browser.press("Keys", Keys.ENTER);
            ada.browser.awaitText("#room-name", "Keys");
            tabTo(ada, "log");
            tabTo(ada, "text");
            ada.browser.press("hello", Keys.ENTER);
            ada.awaitMessages(List.of("hello"));
            tabTo(ada, "files");
            tabTo(ada, "send");
            ada.browser.press(Keys.ESCAPE);
            ada.browser.awaitTrue("location.hash === '#chat'");
            ada.browser.awaitTrue("document.activeElement.textContent === 'Keys'");
            ada.browser.press(Keys.ENTER);
            ada.browser.awaitText("#room-name", "Keys");
        }
    }

    /** Presses the key as often as it takes to come to an element, by its id or name, which must show that it has the focus. */
    private static void tabTo(Guest guest, String name) {
        List<Object> passed = new ArrayList<>();
        for (int presses = 0; presses < 40; presses++) {
            Object focused = guest.browser.run("return document.activeElement.id || document.activeElement.name || ''");
            if (focused.equals(name)) {
                return;
            }
            passed.add(focused);
            guest.browser.press(Keys.TAB);
        }
        throw new AssertionError("the key does not lead to " + name + ", but to " + passed);
    }

    @Test
    void fitsPhoneAndCanBeReadInLightAndDark() {
        try (Guest ada = guest("ada");
                Guest otto = guest("otto")) {
            ada.createRoom("A name of a room with a verylongwordthatwouldnotfitintoanythingasnarrowasaphone");
            ada.invite(otto.email);
            ada.say("x".repeat(300));
            otto.goTo("chat");
            otto.openRoom("A name of a room");
            otto.say("short");
            ada.awaitMessages(List.of("x".repeat(300), "short"));
            String room = ada.browser.run("return location.hash.slice(1)").toString();
            for (String scheme : List.of("light", "dark")) {
                ada.browser.prefer(scheme);
                for (String view : List.of("wallet", "account", "chat", room)) {
                    ada.goTo(view);
                    ada.browser.see("#" + view.split("/", -1)[0]);
                    assertThat(ada.browser.run(Browser.script("contrast.js").replace("LEAST", "4.5")))
                            .as("%s in %s", view, scheme)
                            .isEqualTo(List.of());
                }
            }
            ada.browser.phone(360, 740);
            for (String view : List.of("wallet", "account", "chat", room)) {
                ada.goTo(view);
                ada.browser.see("#" + view.split("/", -1)[0]);
                assertThat(ada.browser.run(Browser.script("overflow.js")))
                        .as(view)
                        .isEqualTo(List.of());
                assertThat(ada.browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(view)
                        .isEqualTo(true);
            }
            ada.browser.see("#composer textarea");
        }
    }

    @Test
    void talksInPrivate() {
        try (Guest ada = guest("ada");
                Guest otto = guest("otto")) {
            ada.goTo("chat");
            ada.awaitState("connected");
            ada.browser.see("#new-chat").click();
            ada.browser.type("#open-private [name=email]", "nobody@example.org");
            ada.browser.see("#open-private button").click();
            ada.browser.awaitText("#open-private .failure", "no such user");
            ada.browser.type("#open-private [name=email]", otto.email);
            ada.browser.see("#open-private button").click();
            ada.browser.awaitText("#room-name", otto.email);
            ada.say("psst");
            otto.goTo("chat");
            otto.openRoom("Member ");
            otto.awaitMessages(List.of("psst"));
        }
    }
}
