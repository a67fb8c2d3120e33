package io.betrue.testsupport;

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

/** A mail server without TLS that takes every letter, or none, and remembers what it was told. It speaks with one client at a time. */
public final class MailServer implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("Your code is (\\S+)");

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final boolean refusing;

    private MailServer(boolean refusing) throws IOException {
        this.refusing = refusing;
        Thread postman = new Thread(this::serve, "mail server");
        postman.setDaemon(true);
        postman.start();
    }

    /** {@return a server that takes letters to everybody} */
    public static MailServer start() throws IOException {
        return new MailServer(false);
    }

    /** {@return a server that knows nobody whom letters could be for} */
    public static MailServer startRefusing() throws IOException {
        return new MailServer(true);
    }

    /** {@return its address, without a word about TLS} */
    public String url() {
        return "smtp://127.0.0.1:" + listening.getLocalPort();
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
        boolean letter = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            boolean ends = letter && line.equals(".");
            if (!letter || ends) {
                answer(out, ends ? "250 taken" : answerTo(line));
            }
            letter = letter ? !ends : line.equals("DATA");
        }
    }

    private String answerTo(String line) {
        if (line.startsWith("RCPT") && refusing) {
            return "550 nobody here";
        }
        return switch (line) {
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
        };
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** {@return the lines of all clients so far; what a client has got an answer to is among them} */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** {@return all codes in letters} */
    public List<String> codes() {
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
