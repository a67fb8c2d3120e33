package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.junit.jupiter.api.Test;

class HeaderListTest {
    private static final HttpField TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/css");
    private static final HttpField LENGTH = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, 7);
    private static final HttpField ETAG = new PreEncodedHttpField(HttpHeader.ETAG, "\"x\"");
    private static final HttpField OWN = new PreEncodedHttpField("X-Own", "1");
    private static final HttpField CONNECTION = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");
    private static final HttpField LOOSE = new HttpField("X-Loose", "2");

    @Test
    void isTheListItWasMadeOf() {
        assertThat(new HeaderList(List.of(TYPE, LENGTH, ETAG))).containsExactly(TYPE, LENGTH, ETAG);
    }

    @Test
    void packsWhatIsOnlyCopiedAndWritesTheSameLines() {
        List<HttpField> packed = new HeaderList(List.of(TYPE, ETAG, LENGTH, OWN, CONNECTION, LOOSE)).packed();
        assertThat(packed).hasSize(5).startsWith(TYPE, LENGTH, CONNECTION, LOOSE);
        assertThat(written(packed.get(4))).isEqualTo("ETag: \"x\"\r\nX-Own: 1\r\n");
        PreEncodedHttpField block = (PreEncodedHttpField) packed.get(4);
        assertThat(block.getEncodedLength(HttpVersion.HTTP_1_1)).isEqualTo("ETag: \"x\"\r\nX-Own: 1\r\n".length());
    }

    @Test
    void leavesOneFieldAsItIs() {
        assertThat(new HeaderList(List.of(TYPE, ETAG)).packed()).containsExactly(TYPE, ETAG);
        assertThat(new HeaderList(List.of()).packed()).isEmpty();
    }

    private static String written(HttpField field) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        HttpGenerator.putTo(field, buffer);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }
}
