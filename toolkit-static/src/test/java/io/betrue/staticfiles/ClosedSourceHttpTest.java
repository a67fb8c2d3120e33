package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hit from memory does no call of the file system: the one that the files came from is not there any more. */
class ClosedSourceHttpTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersWhenTheFileSystemIsClosed(boolean front, @TempDir Path folder) throws IOException {
        Javalin app;
        FileSystem zip = FileSystems.newFileSystem(folder.resolve("site.zip"), Map.of("create", "true"));
        Path page = zip.getPath("/dir/index.html");
        try (zip) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, "<h1>zipped</h1>".repeat(100));
            app = Javalin.create(config -> config.registerPlugin(new StaticFilesPlugin(s -> s.mount(
                            "/", StaticRoot.directory(zip.getPath("/")), front ? MountConfig::inFront : mount -> {}))))
                    .start(0);
        }
        try {
            assertThatThrownBy(() -> Files.size(page)).isInstanceOf(ClosedFileSystemException.class);
            assertThat(RawHttp.get(app.port(), "/dir/index.html").body()).isEqualTo("<h1>zipped</h1>".repeat(100));
            assertThat(RawHttp.get(app.port(), "/dir/").status()).isEqualTo(200);
            assertThat(RawHttp.get(app.port(), "/dir").status()).isIn(301, 302, 307, 308);
            assertThat(RawHttp.get(app.port(), "/dir/", "Accept-Encoding: gzip").header("Content-Encoding"))
                    .isEqualTo("gzip");
            assertThat(RawHttp.get(app.port(), "/dir/", "Range: bytes=4-9").body())
                    .isEqualTo("zipped");
            assertThat(RawHttp.get(app.port(), "/dir/none").status()).isEqualTo(404);
        } finally {
            app.stop();
        }
    }
}
