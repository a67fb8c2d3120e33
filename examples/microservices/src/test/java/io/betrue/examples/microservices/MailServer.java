package io.betrue.examples.microservices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes every letter, so that none is in a log. */
final class MailServer implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("Your code is (\\S+)");

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> said = new CopyOnWriteArrayList<>();

    MailServer() throws IOException {
        Thread postman = new Thread(this::serve, "mail server");
        postman.setDaemon(true);
        postman.start();
    }

    /** {@return its address as the setting wants it} */
    String url() {
        return "smtp://127.0.0.1:" + listening.getLocalPort() + "?tls=off";
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                converse(socket);
            } catch (IOException e) {
                said.add("a conversation broke: " + e);
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        answer(out, "220 test");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            if (data) {
                data = !line.equals(".");
            }
            if (line.equals("DATA")) {
                data = true;
                answer(out, "354 go on");
            } else if (!data) {
                answer(out, line.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** {@return all codes that were sent} */
    List<String> codes() {
        return said.stream()
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
