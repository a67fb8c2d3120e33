package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Knows slowly and obviously which bytes a Range asks for: a bit for each. */
final class RangeOracle {
    private final String content;
    private final Random random;

    RangeOracle(String content, long seed) {
        this.content = content;
        this.random = new Random(seed);
    }

    String randomRange() {
        StringJoiner members = new StringJoiner(random.nextBoolean() ? "," : ", ", "bytes=", "");
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int first = random.nextInt(content.length() + 20);
            int last = first + random.nextInt(random.nextBoolean() ? 20 : content.length() / 2);
            switch (random.nextInt(5)) {
                case 0 -> members.add("-" + random.nextInt(random.nextBoolean() ? 30 : content.length() / 2));
                case 1 -> members.add(first + "-");
                default -> members.add(first + "-" + last);
            }
        }
        return members.toString();
    }

    void check(String range, Answer answer) {
        List<BitSet> asked = asked(range);
        BitSet union = new BitSet();
        long sum = 0;
        int overlaps = 0;
        for (int i = 0; i < asked.size(); i++) {
            for (BitSet earlier : asked.subList(0, i)) {
                overlaps += asked.get(i).intersects(earlier) ? 1 : 0;
            }
            union.or(asked.get(i));
            sum += asked.get(i).cardinality();
        }
        if (union.isEmpty()) {
            assertThat(answer.status()).as(range).isEqualTo(416);
        } else if (sum > content.length() || overlaps > 2) {
            assertThat(answer.status()).as(range).isEqualTo(200);
            assertThat(answer.body().equals(content)).as(range).isTrue();
        } else {
            assertThat(answer.status()).as(range).isEqualTo(206);
            assertThat(received(range, answer)).as(range).isEqualTo(union);
        }
    }

    private List<BitSet> asked(String range) {
        List<BitSet> asked = new ArrayList<>();
        for (String member : range.substring("bytes=".length()).split(",", -1)) {
            String[] ends = member.strip().split("-", -1);
            BitSet bits = new BitSet();
            for (int i = 0; i < content.length(); i++) {
                boolean wanted = ends[0].isEmpty()
                        ? i >= content.length() - Integer.parseInt(ends[1])
                        : i >= Integer.parseInt(ends[0]) && (ends[1].isEmpty() || i <= Integer.parseInt(ends[1]));
                bits.set(i, wanted);
            }
            if (!bits.isEmpty()) {
                asked.add(bits);
            }
        }
        return asked;
    }

    /** Takes an answer apart: each byte must be the one of its position, and come once. */
    private BitSet received(String range, Answer answer) {
        BitSet received = new BitSet();
        if (!answer.header("Content-Range").equals("-")) {
            take(answer.header("Content-Range"), answer.body(), received);
            return received;
        }
        String boundary = "--" + RangeContract.boundary(answer);
        int at = 0;
        while (!answer.body().startsWith(boundary + "--", at)) {
            int line = answer.body().indexOf("Content-Range: ", at) + "Content-Range: ".length();
            int data = answer.body().indexOf("\r\n\r\n", line) + 4;
            String contentRange = answer.body().substring(line, data - 4);
            at = data + length(contentRange) + 2;
            take(contentRange, answer.body().substring(data, at - 2), received);
            assertThat(answer.body().startsWith("\r\n" + boundary, at - 2))
                    .as(range)
                    .isTrue();
        }
        assertThat(answer.body().length()).as(range).isEqualTo(at + boundary.length() + 4);
        return received;
    }

    private static int length(String contentRange) {
        String[] ends = contentRange
                .substring("bytes ".length(), contentRange.indexOf('/'))
                .split("-", -1);
        return Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
    }

    private void take(String contentRange, String bytes, BitSet received) {
        assertThat(contentRange).endsWith("/" + content.length());
        int first = Integer.parseInt(contentRange.substring("bytes ".length(), contentRange.indexOf('-')));
        assertThat(bytes.length()).isEqualTo(length(contentRange));
        assertThat(content.startsWith(bytes, first)).isTrue();
        assertThat(received.get(first, first + bytes.length()).isEmpty()).isTrue();
        received.set(first, first + bytes.length());
    }
}
