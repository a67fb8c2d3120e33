package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final User USER = new User(new Credentials("u", "u@load.example", "secret"), "r-1-");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEPOSIT        | 200 |                   | {'balance':'5.00'}                         | ",
                "DEPOSIT        | 200 |                   | {'balance':'-5.00'}                        | a balance is below zero",
                "DEPOSIT        | 200 |                   | {}                                         | no balance in the answer",
                "DEPOSIT        | 409 | INSUFFICIENT_FUNDS | {}                                        | answer is not one of the expected",
                "WITHDRAW       | 409 | INSUFFICIENT_FUNDS | {}                                        | ",
                "OVERDRAFT      | 200 |                   | {'balance':'5.00'}                         | answer is not one of the expected",
                "HISTORY        | 200 |                   | {'entries':[{'reference':'r-1-7'}]}        | ",
                "HISTORY        | 200 |                   | {'entries':[{'reference':'r-11-7'}]}       | an entry is not the caller's own",
                "FOREIGN_CURSOR | 200 |                   | {'entries':[{'reference':null}]}           | an entry is not the caller's own",
                "FOREIGN_CURSOR | 200 |                   | {'entries':[]}                             | ",
                "BALANCE        | 200 |                   | {'balances':[{'balance':'-0.01'}]}         | a balance is below zero",
                "BALANCE        | 200 |                   | []                                         | no balances in the answer",
                "CURRENCIES     | 200 |                   | {'currencies':[]}                          | no currencies in the answer",
                "SIGN_IN        | 200 |                   | {}                                         | no token in the answer",
                "SIGN_IN        | 429 | RATE_LIMITED      | {}                                         | answer is not one of the expected",
                "BALANCE        | 503 | UNAVAILABLE       | {}                                         | answer is not one of the expected",
                "NO_TOKEN       | 401 |                   | {}                                         | answer is not one of the expected"
            })
    void complainsOfWhatIsNotPromised(
            Kind kind, int status, @Nullable String code, String body, @Nullable String complaint) {
        Reply reply = new Reply.Answer(status, code == null ? "" : code, Json.tree(body.replace('\'', '"')));

        assertThat(new Judge(false).complaint(call(kind), reply).orElse(null)).isEqualTo(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "BALANCE, 503, UNAVAILABLE, true",
        "SIGN_IN, 429, RATE_LIMITED, true",
        "BALANCE, 429, RATE_LIMITED, false",
        "BALANCE, 500, INTERNAL, false"
    })
    void toleratesOnlyWhatAnOutageExplains(Kind kind, int status, String code, boolean tolerated) {
        Reply reply = new Reply.Answer(status, code, Json.tree("{}"));

        assertThat(new Judge(true).complaint(call(kind), reply).isEmpty()).isEqualTo(tolerated);
    }

    private static Call call(Kind kind) {
        return new Call(1, kind, "p", "{}", USER, null, null);
    }
}
