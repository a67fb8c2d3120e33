package io.betrue.staticfiles;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** A process that serves one file, in front as {@code /front} and in the pipeline as {@code /pipeline}, and says its port. */
final class LargeFileServer {
    private LargeFileServer() {}

    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        long size = Long.parseLong(args[1]);
        MountSettings pipeline = Sample.mount("/", config -> {});
        MountSettings front = Sample.mount("/", MountConfig::inFront);
        Tree tree = new Tree.Builder()
                .add("/front", resource(front, "/front", file, size))
                .add("/pipeline", resource(pipeline, "/pipeline", file, size))
                .build(List.of(pipeline), new Faults());
        Javalin app = Javalin.create(config -> Serving.install(config.unsafe, () -> tree))
                .start(0);
        System.out.println("port " + app.port());
    }

    private static Entry.Resource resource(MountSettings mount, String path, Path file, long size) {
        List<HttpField> fields = List.of(new HttpField(HttpHeader.CONTENT_LENGTH, Long.toString(size)));
        Body body = new Body.Streamed(new OnDisk(file, size));
        Representation whole = new Representation(null, null, body, fields, List.of());
        return new Entry.Resource(mount, path, Instant.EPOCH, whole, List.of());
    }

    private record OnDisk(Path file, long size) implements SourceFile {
        @Override
        public String path() {
            return file.getFileName().toString();
        }

        @Override
        public Instant modified() {
            return Instant.EPOCH;
        }

        @Override
        public boolean sameAs(SourceFile earlier) {
            return equals(earlier);
        }

        @Override
        public byte[] read() {
            throw new UnsupportedOperationException("the file is larger than the heap");
        }

        @Override
        public ReadableByteChannel open(long position) throws IOException {
            return FileChannel.open(file).position(position);
        }
    }
}
