package io.betrue.commands.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * A stream on its way to the client. Where it fails, or is shorter or longer than was announced, the connection ends without the end of the body, so that nobody takes a part for
 * the whole.
 */
final class Download extends FilterInputStream {
    private static final int HTTP_2 = 20; // as Jetty counts

    private final ServletContextRequest request;
    private final @Nullable Long length;
    private long sent;

    Download(InputStream stream, @Nullable Long length, ServletContextRequest request) {
        super(stream);
        this.length = length;
        this.request = request;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int read;
        try {
            read = super.read(target, offset, count);
        } catch (IOException | RuntimeException e) {
            abort(e);
            throw e;
        }
        sent += Math.max(read, 0);
        boolean tooLong = length != null && sent > length;
        boolean tooShort = length != null && read < 0 && sent < length;
        if (tooLong || tooShort) {
            IOException wrong = new IOException(
                    "a content announced " + length + " bytes and had " + (tooLong ? "more" : "only " + sent));
            abort(wrong);
            throw wrong;
        }
        return read;
    }

    private void abort(Throwable failure) {
        if (request.getConnectionMetaData().getHttpVersion().getVersion() < HTTP_2) {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        } else {
            request.getServletChannel().abort(failure);
        }
    }
}
