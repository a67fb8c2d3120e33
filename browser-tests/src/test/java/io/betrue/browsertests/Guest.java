package io.betrue.browsertests;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Somebody at the wallet's page, with a browser of their own. */
final class Guest implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    final Browser browser = new Browser();
    final String email;
    private final String url;

    private Guest(String url, String name) {
        this.url = url;
        this.email = name + '-' + UUID.randomUUID() + "@example.org";
    }

    /** Opens an account for somebody at the page that is there, where any code does. */
    static Guest registered(String url, String name) {
        Guest guest = new Guest(url, name);
        guest.browser.open(url + "/");
        guest.browser.type("#entrance [name=email]", guest.email);
        guest.browser.see("#entrance [name=register]").click();
        guest.browser.see("#registration [name=go]").click();
        guest.browser.type("#registration [name=code]", "ANY");
        guest.browser.type("#registration [name=password]", PASSWORD);
        guest.browser.see("#registration [name=go]").click();
        guest.browser.see("#wallet");
        return guest;
    }

    /** {@return the page, with a view of it} */
    String page(String view) {
        return url + "/#" + view;
    }

    /** Goes to a view as a link does. */
    void goTo(String view) {
        browser.run("location.hash = '#" + view + "'");
    }

    /** Opens a new room, and is in it. */
    void createRoom(String name) {
        goTo("chat");
        awaitState("connected");
        browser.see("#new-chat").click();
        browser.type("#create-room [name=name]", name);
        browser.see("#create-room button").click();
        browser.awaitText("#room-name", name);
    }

    void invite(String address) {
        browser.see("#people").click();
        browser.type("#invite [name=email]", address);
        browser.see("#invite button").click();
        browser.awaitText("#invite .done", "is in the room");
        browser.press(Keys.ESCAPE);
        browser.await(page -> page.findElement(By.id("people-dialog")).getAttribute("open") == null ? true : null);
    }

    /** Opens a room that somebody has invited to; waits until the page has heard of it. */
    void openRoom(String name) {
        goTo("chat");
        browser.await(page -> page.findElements(By.cssSelector("#rooms a")).stream()
                        .filter(link -> link.getText().contains(name))
                        .findFirst()
                        .orElse(null))
                .click();
        browser.awaitText("#room-name", name);
    }

    void say(String text) {
        browser.see("#composer textarea").sendKeys(text + Keys.ENTER);
    }

    void awaitState(String state) {
        browser.await(page -> state.equals(page.findElement(By.id("line")).getAttribute("data-state")) ? true : null);
    }

    /** {@return the messages of the conversation that is open: number, colon, text} */
    List<?> messages() {
        return (List<?>)
                browser.run(
                        "return [...document.querySelectorAll('#messages > li')].map(item => item.dataset.number + ': ' + (item.querySelector('.text')?.textContent ?? ''))");
    }

    /** Waits until exactly these messages are there, numbered from 1. */
    void awaitMessages(List<String> texts) {
        List<String> wanted = new ArrayList<>();
        texts.forEach(text -> wanted.add((wanted.size() + 1) + ": " + text));
        browser.await(page -> messages().equals(wanted) ? true : null);
    }

    @Override
    public void close() {
        browser.close();
    }
}
