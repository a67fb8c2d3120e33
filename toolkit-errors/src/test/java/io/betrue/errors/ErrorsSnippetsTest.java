package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The Java of the pages, compiled and run. */
class ErrorsSnippetsTest {
    // tag::codes[]
    enum MarketError implements ErrorCode {
        OUT_OF_STOCK(ErrorDefinition.of(409, "Out of stock").detail("Only {left} left.")),
        MARKET_CLOSED(ErrorDefinition.of(503, "Market closed").logLevel(System.Logger.Level.INFO));

        private final ErrorDefinition definition;

        MarketError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }
    // end::codes[]

    private static void sell(int left) {
        // tag::throw[]
        throw MarketError.OUT_OF_STOCK.problem().with("left", left).toException();
        // end::throw[]
    }

    @Test
    void codeIsThrown() {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> sell(3));
        // tag::body[]
        String body = new String(thrown.problem().toJson(), StandardCharsets.UTF_8);
        assertThat(body)
                .isEqualTo("{\"type\":\"/errors/OUT_OF_STOCK\",\"title\":\"Out of stock\",\"status\":409,"
                        + "\"detail\":\"Only 3 left.\",\"code\":\"OUT_OF_STOCK\",\"left\":3}");
        // end::body[]
    }

    @Test
    void severalFieldsAreWrong() {
        Object amount = "-5";
        // tag::fields[]
        Problem problem = StandardError.VALIDATION_FAILED
                .problem()
                .error(FieldError.body("/amount", "TOO_SMALL")
                        .with("minimum", "0.01")
                        .rejected(amount))
                .error(FieldError.query("limit", "TOO_LARGE").with("maximum", 200))
                .build();
        // end::fields[]
        assertThat(problem.errors()).hasSize(2);
        assertThat(problem.errors().get(0).rejected()).isEqualTo("-5");
    }

    @Test
    void clientTurnsTheAnswerIntoAnException() {
        byte[] bytes =
                MarketError.OUT_OF_STOCK.problem().with("left", 3).build().toJson();
        int status = 409;
        // tag::client[]
        ErrorCatalogue catalogue = ErrorCatalogue.of(MarketError.values());
        ProblemException exception = catalogue.ofResponse(status, bytes).toException();
        boolean soldOut = exception.code() == MarketError.OUT_OF_STOCK;
        // end::client[]
        assertThat(soldOut).isTrue();
    }

    @Nested
    class TypedException {
        // tag::typed[]
        static final class SoldOutException extends ProblemException {
            private static final long serialVersionUID = 1;

            SoldOutException(Problem problem) {
                super(problem);
            }
        }

        enum StallError implements ErrorCode {
            SOLD_OUT;

            @Override
            public ErrorDefinition definition() {
                return ErrorDefinition.of(409, "Sold out");
            }

            @Override
            public ProblemException exception(Problem problem) {
                return new SoldOutException(problem);
            }
        }
        // end::typed[]

        @Test
        void isCaughtByItsType() throws ProblemFormatException {
            Problem problem = ErrorCatalogue.of(StallError.values())
                    .parse("{\"code\":\"SOLD_OUT\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(problem.toException()).isInstanceOf(SoldOutException.class);
        }
    }

    @Test
    void catalogueSpeaksRussian() {
        // tag::languages[]
        ErrorCatalogue catalogue = ErrorCatalogue.of(MarketError.values())
                .typeBase(URI.create("https://shop.example/errors/"))
                .messages("io.betrue.errors.market", Locale.forLanguageTag("ru"));
        LocalisedProblem answer =
                catalogue.localise(MarketError.MARKET_CLOSED.problem().build(), "ru-RU, en;q=0.8");
        // end::languages[]
        assertThat(answer.language()).hasToString("ru");
        assertThat(answer.problem().title()).isEqualTo("Рынок закрыт");
        assertThat(answer.problem().type()).hasToString("https://shop.example/errors/MARKET_CLOSED");
        // tag::verify[]
        assertThat(catalogue.verify()).isEmpty();
        // end::verify[]
    }

    @Test
    void otherTransportsCarryTheSameCode() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(MarketError.values());
        Problem problem = MarketError.OUT_OF_STOCK.problem().with("left", 3).build();
        // tag::transports[]
        WebSocketClose close = WebSocketClose.of(problem); // 4409 "OUT_OF_STOCK: Only 3 left."
        Map<String, String> headers = NatsError.of(problem).headers(); // Nats-Service-Error, Nats-Service-Error-Code
        ErrorCode received = catalogue.code(close); // OUT_OF_STOCK again
        // end::transports[]
        assertThat(close).isEqualTo(new WebSocketClose(4409, "OUT_OF_STOCK: Only 3 left."));
        assertThat(headers)
                .containsEntry("Nats-Service-Error-Code", "409")
                .containsEntry("Nats-Service-Error", "OUT_OF_STOCK: Out of stock");
        assertThat(received).isEqualTo(MarketError.OUT_OF_STOCK);
    }
}
