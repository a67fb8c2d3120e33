package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.WalletApplication;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Files in the chat of the monolith's page. */
class ChatFilesIT {
    private static final Map<String, String> SETTINGS =
            Map.of("ACCOUNTS_CONFIRMATION", "off", "FILES_LARGEST", "64KiB", "FILES_QUOTA", "96KiB");

    private static WalletApplication monolith;

    @BeforeAll
    static void start() throws Exception {
        monolith = WalletApplication.monolith(SETTINGS);
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    private static Guest guest(String name) {
        return Guest.registered(monolith.url(), name);
    }

    @Test
    void sendsFilesAndShowsThem(@TempDir Path folder) throws IOException {
        Path picture = folder.resolve("holiday.png");
        ImageIO.write(sunset(), "png", picture.toFile());
        Path notes = Files.writeString(folder.resolve("меню & notes.txt"), "soup".repeat(100));
        try (Guest ada = guest("ada");
                Guest otto = guest("otto")) {
            ada.createRoom("Holiday");
            ada.invite(otto.email);
            otto.openRoom("Holiday");
            otto.say("How was it?");
            ada.browser.choose("#files", picture, notes);
            ada.browser.run("""
                    const dataTransfer = new DataTransfer();
                    dataTransfer.items.add(new File(['by train'], 'tickets.txt', { type: 'text/plain' }));
                    document.querySelector('#composer').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))""");
            ada.browser.awaitTrue("document.querySelectorAll('#attachments li').length === 3"
                    + " && document.querySelectorAll('#attachments progress').length === 0");
            ada.say("Look!");
            otto.awaitMessages(List.of("How was it?", "Look!"));
            otto.browser.awaitTrue("document.querySelector('#messages img')?.naturalWidth === 320");
            otto.browser.awaitText("#messages .file-name", "holiday.png (");
            otto.browser.awaitText("#messages", "tickets.txt (8 bytes)");
            otto.browser.awaitText("#messages", "меню & notes.txt (400 bytes)");
            otto.say("Where is that?");
            ada.say("At the lake");
            otto.awaitMessages(List.of("How was it?", "Look!", "Where is that?", "At the lake"));
            String saved = """
                    const anchors = HTMLAnchorElement.prototype;
                    const click = anchors.click;
                    return new Promise(done => {
                        anchors.click = function () {
                            anchors.click = click;
                            done(this.download + ' ' + new URL(this.href).protocol);
                        };
                        [...document.querySelectorAll('#messages .file')].at(-1).click();
                    })""";
            assertThat(otto.browser.run(saved)).isEqualTo("tickets.txt blob:");
            ada.browser.resize(1000, 760);
            ada.browser.prefer("light");
            Path pictures = Files.createDirectories(Path.of("target", "pages"));
            Files.write(pictures.resolve("chat.png"), ada.browser.picture());
            assertThat(ada.browser.complaints()).isEmpty();
            assertThat(otto.browser.complaints()).isEmpty();
        }
    }

    private static BufferedImage sunset() {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                boolean sun = Math.hypot(x - 200, y - 120) < 40;
                image.setRGB(x, y, y > 130 ? 0x204060 + y : sun ? 0xffd060 : 0x602040 + (y << 16));
            }
        }
        return image;
    }

    @Test
    void saysWhyAFileIsNotTaken(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "<!doctype html><script>alert(1)</script>");
        Path large = Files.write(folder.resolve("large.txt"), "x".repeat(70_000).getBytes(StandardCharsets.US_ASCII));
        Path half = Files.write(folder.resolve("half.txt"), "x".repeat(60_000).getBytes(StandardCharsets.US_ASCII));
        try (Guest ada = guest("ada")) {
            ada.createRoom("Files");
            refused(ada, page, "not taken");
            refused(ada, large, "too large: 64 KB at most");
            ada.browser.choose("#files", half);
            ada.browser.awaitTrue("!document.querySelector('#composer [name=send]').disabled");
            refused(ada, half, "delete some first");
            ada.say("half a file");
            ada.awaitMessages(List.of("half a file"));
            ada.goTo("account");
            ada.browser.see("#kept-files button").click();
            ada.browser.awaitText("#kept-done", "half.txt is deleted");
            ada.browser.awaitText("#kept-none", "no files");
            ada.openRoom("Files");
            ada.browser.slowUploads(2_000);
            ada.browser.choose("#files", half);
            ada.browser.awaitTrue("document.querySelector('#attachments progress')?.value > 0");
            ada.browser.see("#attachments button").click(); // ends it
            ada.browser.awaitTrue("document.querySelectorAll('#attachments li').length === 0");
            ada.say("no file");
            ada.awaitMessages(List.of("half a file", "no file"));
        }
    }

    @Test
    void keepsAFileOnceWhoseAnswerIsLost(@TempDir Path folder) throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "soup".repeat(100));
        try (Guest ada = guest("ada")) {
            ada.createRoom("Files");
            ada.browser.run("""
                    const send = XMLHttpRequest.prototype.send;
                    window.lost = 0;
                    XMLHttpRequest.prototype.send = function (body) {
                        if (window.lost++ === 0) {
                            this.onload = this.onerror;
                        }
                        send.call(this, body);
                    }""");
            ada.browser.choose("#files", notes);
            ada.browser.awaitTrue("window.lost === 2 && !document.querySelector('#composer [name=send]').disabled");
            ada.say("here it is");
            ada.awaitMessages(List.of("here it is"));
            ada.browser.awaitText("#messages .file-name", "notes.txt (400 bytes)");
            ada.goTo("account");
            ada.browser.awaitText("#kept-files", "notes.txt (400 bytes)");
            assertThat(ada.browser.run("return document.querySelectorAll('#kept-files li').length"))
                    .isEqualTo(1L);
        }
    }

    private static void refused(Guest guest, Path file, String why) {
        guest.browser.choose("#files", file);
        guest.browser.awaitText("#attachments .refused", why);
        guest.browser.see("#composer textarea").sendKeys(Keys.ENTER);
        guest.browser.see("#attachments li:last-child button").click();
        guest.browser.awaitTrue("document.querySelectorAll('#attachments .refused').length === 0");
    }
}
