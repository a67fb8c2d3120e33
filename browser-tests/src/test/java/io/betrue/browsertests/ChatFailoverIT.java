package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.WalletApplication;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat of the microservices' page while a gateway is killed. */
class ChatFailoverIT {
    @Test
    void aConversationGoesOnWhenAGatewayIsKilled(@TempDir Path folder) throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "soup");
        try (WalletApplication wallet = started();
                Guest ada = Guest.registered(wallet.urls().get(0), "ada");
                Guest otto = Guest.registered(wallet.urls().get(1), "otto")) {
            ada.createRoom("Lunch");
            ada.invite(otto.email);
            ada.say("one");
            otto.openRoom("Lunch");
            otto.awaitMessages(List.of("one"));
            otto.say("two");
            ada.awaitMessages(List.of("one", "two"));

            killFirstGateway(wallet);
            assertThat(listens(wallet.urls().get(0))).isFalse();
            ada.say("three");
            otto.awaitMessages(List.of("one", "two", "three"));
            otto.say("four");
            ada.say("five");
            ada.browser.await(page -> ada.messages().size() == 5 ? true : null);
            otto.browser.await(page -> otto.messages().equals(ada.messages()) ? true : null);
            assertThat(ada.messages().subList(0, 3)).isEqualTo(List.of("1: one", "2: two", "3: three"));
            assertThat(ada.messages().subList(3, 5).toString()).contains("four").contains("five");
            ada.awaitState("connected");

            ada.browser.choose("#files", notes); // over HTTP, which has to go elsewhere too
            ada.browser.awaitText("#attachments", "notes.txt");
            ada.browser.awaitTrue("document.querySelectorAll('#attachments progress').length === 0");
            ada.say("menu");
            otto.browser.awaitText("#messages", "notes.txt (4 bytes)");
            ada.goTo("wallet");
            ada.browser.type("#movement [name=amount]", "10.50");
            ada.browser.see("#movement [name=deposit]").click();
            ada.browser.awaitText("#balances", "10.50");
        }
    }

    /** Starts the microservices with two gateways that know each other; whoever is killed is missing from then on. */
    private static WalletApplication started() throws Exception {
        int first = freePort(20_000);
        Map<String, String> settings =
                Map.of("ACCOUNTS_CONFIRMATION", "off", "GATEWAY_PORTS", first + "," + freePort(first + 1));
        return WalletApplication.microservices(settings, "--keep-going");
    }

    /** {@return a port that nobody has; below those that are given to whoever connects, so that nobody gets it meanwhile} */
    private static int freePort(int from) {
        return IntStream.range(from, 30_000)
                .filter(ChatFailoverIT::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port from " + from + " to 29999 is free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException e) {
            return false; // somebody has it
        }
    }

    /** Kills the gateway that was started first, as {@code kill -9} does. */
    private static void killFirstGateway(WalletApplication wallet) {
        ProcessHandle gateway = wallet.processes()
                .filter(child -> child.info().commandLine().orElse("").endsWith(" gateway --launched"))
                .min(Comparator.comparing((ProcessHandle child) ->
                                child.info().startInstant().orElse(Instant.MAX))
                        .thenComparing(ProcessHandle::pid))
                .orElseThrow();
        gateway.destroyForcibly();
        gateway.onExit().join();
    }

    private static boolean listens(String url) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }
}
