package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
    @ParameterizedTest
    @CsvSource({
        "200, '', 200, OK",
        "409, CONFLICT, 409 CONFLICT, REFUSED",
        "500, INTERNAL, 500 INTERNAL, UNKNOWN",
        "499, CANCELLED, 499 CANCELLED, UNKNOWN",
        "503, '', 503, UNKNOWN",
        "504, DEADLINE_EXCEEDED, 504 DEADLINE_EXCEEDED, UNKNOWN"
    })
    void statusDecidesWhatIsKnown(int status, String code, String summary, Outcome outcome) {
        Reply reply = new Reply.Answer(status, code, Json.tree("{}"));

        assertThat(reply.summary()).isEqualTo(summary);
        assertThat(reply.outcome()).isEqualTo(outcome);
        assertThat(reply.unavailable()).isEqualTo(status == 503 || status == 504);
    }

    @Test
    void onlyRequestWithoutConnectionWasSurelyNotSent() {
        assertThat(Reply.Lost.of(new CompletionException(new ConnectException())))
                .isEqualTo(Reply.Lost.NOT_CONNECTED);
        assertThat(Reply.Lost.of(new HttpConnectTimeoutException(""))).isEqualTo(Reply.Lost.NOT_CONNECTED);
        assertThat(Reply.Lost.of(new HttpTimeoutException(""))).isEqualTo(Reply.Lost.TIMED_OUT);
        assertThat(Reply.Lost.of(new TimeoutException())).isEqualTo(Reply.Lost.TIMED_OUT);
        assertThat(Reply.Lost.of(new IOException("reset"))).isEqualTo(Reply.Lost.CONNECTION_LOST);
        assertThat(Reply.Lost.NOT_CONNECTED.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(Reply.Lost.TIMED_OUT.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(Reply.Lost.CONNECTION_LOST.outcome()).isEqualTo(Outcome.UNKNOWN);
    }
}
