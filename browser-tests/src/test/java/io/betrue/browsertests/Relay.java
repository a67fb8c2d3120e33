package io.betrue.browsertests;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to an application that can be cut, and mended at the same port. It passes bytes, so that whoever comes by it does not notice. */
final class Relay implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket door;

    Relay(String url) throws IOException {
        target = URI.create(url).getPort();
        door = open(0);
        port = door.getLocalPort();
    }

    private ServerSocket open(int at) throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        run("door", () -> accept(opened));
        return opened;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends all connections, and refuses new ones. */
    void cut() {
        close(door);
        sockets.forEach(Relay::close);
        sockets.clear();
    }

    void mend() throws IOException {
        door = open(port);
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket here = from.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(here);
                sockets.add(there);
                if (from.isClosed()) { // it was cut in this moment
                    close(here);
                    close(there);
                }
                run("there", () -> pass(here, there));
                run("back", () -> pass(there, here));
            }
        } catch (IOException e) {
            close(from); // it was cut
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            close(to); // one of them is gone, and so is the other
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, "relay, " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
