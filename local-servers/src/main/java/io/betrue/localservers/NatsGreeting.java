package io.betrue.localservers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a server is found that has just been started. */
public final class NatsGreeting {
    private static final int DIAL_MILLIS = 1_000;
    private static final Pattern PORT = Pattern.compile("\"nats\":\\[\"nats://127\\.0\\.0\\.1:([0-9]+)\"");

    private NatsGreeting() {}

    /**
     * {@return the port that a process listens on, from the file that it writes, which may be half written; 0 where it says none}
     *
     * @param folder the server's {@code --ports_file_dir}
     * @param process its number
     */
    public static int port(Path folder, long process) {
        int port = 0;
        try (var files = Files.newDirectoryStream(folder, "*_" + process + ".ports")) {
            for (Path file : files) {
                Matcher found = PORT.matcher(Files.readString(file));
                port = found.find() ? Integer.parseInt(found.group(1)) : 0;
            }
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return whether it is the server of a name that listens on a port: it tells its name to whoever connects}
     *
     * @param name the server's {@code --server_name}
     * @param port on 127.0.0.1
     */
    public static boolean comesFrom(String name, int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(DIAL_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DIAL_MILLIS);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String info = Objects.requireNonNullElse(reader.readLine(), "");
            return info.startsWith("INFO ") && info.contains("\"server_name\":\"" + name + "\"");
        } catch (IOException notYet) {
            return false;
        }
    }
}
