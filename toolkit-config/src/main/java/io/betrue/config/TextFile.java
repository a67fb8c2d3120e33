package io.betrue.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small text files in UTF-8. */
final class TextFile {
    /** The most bytes a file may have. */
    static final int MAX_BYTES = 1 << 20;

    private TextFile() {}

    /**
     * Reads a file, without its byte order mark.
     *
     * @throws Refusal if it cannot be read, is larger than {@link #MAX_BYTES} or not UTF-8
     */
    static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Refusal("is larger than " + MAX_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new Refusal("does not exist");
        } catch (CharacterCodingException e) {
            throw new Refusal("is not text in UTF-8");
        } catch (IOException e) {
            throw new Refusal(Files.isDirectory(file) ? "is a directory" : "cannot be read");
        }
    }

    /** {@return the text without one line end at its end, which editors add and secrets do not have} */
    static String withoutLastLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
