package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** The header fields of an answer, and the same ones in fewer pieces for a writer that only copies them. Immutable, safe for use by multiple threads. */
final class HeaderList extends AbstractList<HttpField> implements RandomAccess {
    private final HttpField[] fields;

    @SuppressWarnings(
            "ImmutableMemberCollection") // made once, of what never changes; whoever comes too early makes an equal one
    private volatile @Nullable List<HttpField> packed;

    HeaderList(List<? extends HttpField> fields) {
        this.fields = fields.toArray(new HttpField[0]);
    }

    @Override
    public HttpField get(int index) {
        return fields[index];
    }

    @Override
    public int size() {
        return fields.length;
    }

    /**
     * {@return the fields for HTTP/1.1, where Jetty writes the bytes of a field as they are: those it asks for by themselves, and one that writes all others.
     * Nobody may look for a field in it}
     */
    List<HttpField> packed() {
        List<HttpField> known = packed;
        if (known == null) {
            known = pack();
            packed = known;
        }
        return known;
    }

    private List<HttpField> pack() {
        List<HttpField> alone = new ArrayList<>();
        List<PreEncodedHttpField> together = new ArrayList<>();
        for (HttpField field : fields) {
            if (field instanceof PreEncodedHttpField encoded && !isFraming(field.getHeader())) {
                together.add(encoded);
            } else {
                alone.add(field);
            }
        }
        if (together.size() > 1) {
            alone.add(new Block(together));
        } else {
            alone.addAll(together);
        }
        return List.copyOf(alone);
    }

    /** Tells which fields {@code HttpGenerator} does not simply copy. */
    private static boolean isFraming(@Nullable HttpHeader header) {
        return header == HttpHeader.CONTENT_LENGTH
                || header == HttpHeader.CONTENT_TYPE
                || header == HttpHeader.CONNECTION
                || header == HttpHeader.TRANSFER_ENCODING;
    }

    /** Several fields that pass for the first of them. */
    private static final class Block extends PreEncodedHttpField {
        private final byte[] lines;

        Block(List<PreEncodedHttpField> fields) {
            super(
                    fields.get(0).getHeader(),
                    fields.get(0).getName(),
                    fields.get(0).getValue());
            int length = 0;
            for (PreEncodedHttpField field : fields) {
                length += field.getEncodedLength(HttpVersion.HTTP_1_1);
            }
            ByteBuffer buffer = ByteBuffer.allocate(length);
            for (PreEncodedHttpField field : fields) {
                field.putTo(buffer, HttpVersion.HTTP_1_1);
            }
            lines = buffer.array();
        }

        @Override
        public void putTo(ByteBuffer bufferInFillMode, HttpVersion version) {
            bufferInFillMode.put(lines);
        }

        @Override
        public int getEncodedLength(HttpVersion version) {
            return lines.length;
        }
    }
}
