package io.betrue.commands.http;

import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body (RFC 7578) while it comes in: first perhaps a part {@code input} with JSON, then perhaps one file, which is not kept but handed on. Used by
 * one thread at a time.
 */
final class FormParts extends MultiPart.AbstractPartsListener implements Upload.Parts {
    static final String INPUT = "input";

    private static final int HEADERS = 8 * 1_024;

    private final MultiPart.Parser parser;
    private final int inputLimit;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private @Nullable Queue<Chunk> out;
    private @Nullable String type;
    private @Nullable String fileType;
    private @Nullable String fileName;
    private @Nullable Problem refusal;
    private boolean inInput;
    private boolean inputSeen;
    private boolean inFile;
    private boolean fileSeen;

    FormParts(String boundary, int inputLimit) {
        this.inputLimit = inputLimit;
        parser = new MultiPart.Parser(boundary, this);
        parser.setPartHeadersMaxLength(HEADERS);
    }

    @Override
    public void take(Chunk chunk, Queue<Chunk> target) throws Upload.Refusal {
        out = target;
        parser.parse(chunk);
        if (refusal != null) {
            throw new Upload.Refusal(refusal);
        }
    }

    byte[] input() {
        return input.toByteArray();
    }

    boolean isFileSeen() {
        return fileSeen;
    }

    @Nullable
    String fileName() {
        return fileName;
    }

    @Nullable
    String fileType() {
        return fileType;
    }

    @Override
    public void onPartHeader(String name, String value) {
        super.onPartHeader(name, value);
        if (HttpHeader.CONTENT_TYPE.is(name)) {
            type = value;
        }
    }

    @Override
    public void onPartHeaders() {
        boolean isInput = INPUT.equals(getName());
        if (fileSeen) {
            refuse("In the form the file is the last part, and there is only one.");
        } else if (isInput && inputSeen) {
            refuse("The form has the part \"input\" twice.");
        } else if (isInput) {
            inInput = true;
            inputSeen = true;
        } else {
            inFile = true;
            fileSeen = true;
            fileName = getFileName();
            fileType = type;
        }
        type = null;
    }

    @Override
    public void onPartContent(Chunk chunk) {
        byte[] some = new byte[chunk.remaining()];
        chunk.get(some, 0, some.length);
        if (inInput && input.size() + some.length > inputLimit) {
            refusal = Upload.tooLarge(inputLimit);
        } else if (inInput) {
            input.writeBytes(some);
        } else if (inFile && out != null && some.length > 0) {
            out.add(Chunk.from(ByteBuffer.wrap(some), false));
        }
    }

    @Override
    public void onPart(String name, String partFileName, HttpFields headers) {
        inInput = false;
        inFile = false;
    }

    @Override
    public void onFailure(Throwable failure) {
        refuse("The form cannot be understood.");
    }

    private void refuse(String why) {
        if (refusal == null) {
            refusal = StandardError.BAD_REQUEST.problem().detail(why).build();
        }
    }
}
