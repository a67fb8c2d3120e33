package io.betrue.jobs.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes bytes on between clients and a port of this machine, until connections are silenced: they then stay open, and say nothing more. */
final class SilentProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile AtomicBoolean silent = new AtomicBoolean();

    /** Opens at a port, or at any free one for 0. */
    SilentProxy(int target, int port) {
        this.target = target;
        try {
            this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Silences the connections there are; later ones are well. */
    void silence() {
        silent.set(true);
        silent = new AtomicBoolean();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, database));
                AtomicBoolean mute = silent;
                start(() -> pass(client, database, mute));
                start(() -> pass(database, client, mute));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private static void pass(Socket from, Socket to, AtomicBoolean mute) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (!mute.get()) {
                    out.write(bytes, 0, count);
                    out.flush();
                }
            }
            if (!mute.get()) {
                to.close();
            }
        } catch (IOException e) {
            // one side is gone
        }
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "silent-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
