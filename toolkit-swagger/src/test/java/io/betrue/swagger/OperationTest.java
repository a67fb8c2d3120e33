package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.betrue.errors.StandardError;
import org.junit.jupiter.api.Test;

class OperationTest {
    @Test
    void keepsWhatWasSaidBefore() {
        Operation operation = Operation.of("Places an order")
                .description("At once.")
                .id("placeOrder")
                .tags("orders", "orders")
                .problems(StandardError.CONFLICT)
                .deprecated();
        assertThat(operation.summary()).isEqualTo("Places an order");
        assertThat(operation.description()).isEqualTo("At once.");
        assertThat(operation.id()).isEqualTo("placeOrder");
        assertThat(operation.tags()).containsExactly("orders");
        assertThat(operation.problems()).containsExactly(StandardError.CONFLICT);
        assertThat(operation.isDeprecated()).isTrue();
        assertThat(operation.isHidden()).isFalse();
        assertThat(Operation.hidden().isHidden()).isTrue();
    }

    @Test
    void refusesWhatNoDocumentCouldShow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operation.of("two\nlines"))
                .withMessageContaining("one line");
        assertThatIllegalArgumentException().isThrownBy(() -> Operation.of("x".repeat(201)));
        Operation operation = Operation.of("");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operation.id("place order"))
                .withMessageContaining("place order");
        assertThatIllegalArgumentException().isThrownBy(() -> operation.tags(new String[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> operation.tags(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> operation.description("x".repeat(20_001)));
    }
}
