package io.betrue.examples.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.examples.client.api.AccountsApi;
import io.betrue.examples.client.api.LedgerApi;
import io.betrue.examples.client.model.AccountsConfirmIn;
import io.betrue.examples.client.model.AccountsConfirmOut;
import io.betrue.examples.client.model.AccountsRegisterIn;
import io.betrue.examples.client.model.AccountsSignInIn;
import io.betrue.examples.client.model.AccountsSignInOut;
import io.betrue.examples.client.model.Balance;
import io.betrue.examples.client.model.Currency;
import io.betrue.examples.client.model.Entry;
import io.betrue.examples.client.model.LedgerBalanceIn;
import io.betrue.examples.client.model.LedgerDepositIn;
import io.betrue.examples.client.model.LedgerHistoryIn;
import io.betrue.examples.client.model.LedgerHistoryOut;
import io.betrue.examples.client.model.LedgerWithdrawIn;
import io.betrue.examples.client.model.Problem;
import io.betrue.testsupport.WalletApplication;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that openapi-generator wrote from the document, and the packaged application. */
class GeneratedClientIT {
    private static final String PASSWORD = "correct horse battery";

    private static WalletApplication application;

    @BeforeAll
    static void start() throws Exception {
        application = WalletApplication.monolith(Map.of());
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void depositsShowInTheBalanceAndPageByPageInTheHistory() throws Exception {
        LedgerApi ledger = ledger("ada@example.org");
        // tag::deposit[]
        LedgerDepositIn deposit = new LedgerDepositIn().currency("EUR").amount("10.50");
        assertThat(ledger.ledgerDeposit(deposit, "first-salary").getBalance()).isEqualTo("10.50");
        // end::deposit[]
        assertThat(ledger.ledgerDeposit(deposit, "first-salary").getBalance())
                .as("the same key again has no second effect")
                .isEqualTo("10.50");
        LedgerWithdrawIn withdrawal = new LedgerWithdrawIn().currency("EUR").amount("0.50");
        assertThat(ledger.ledgerWithdraw(withdrawal, null).getBalance()).isEqualTo("10.00");

        Balance euros = new Balance().currency("EUR").balance("10.00");
        assertThat(ledger.ledgerBalance(new LedgerBalanceIn()).getBalances()).containsExactly(euros);
        assertThat(ledger.ledgerBalance(new LedgerBalanceIn().currency(null)).getBalances())
                .as("null is sent, and means the same as nothing")
                .containsExactly(euros);

        LedgerHistoryOut newest =
                ledger.ledgerHistory(new LedgerHistoryIn().currency("EUR").limit(1));
        assertThat(newest.getEntries())
                .extracting(Entry::getType, Entry::getAmount, Entry::getBalance, Entry::getReference)
                .containsExactly(tuple(Entry.TypeEnum.WITHDRAWAL, "0.50", "10.00", null));
        assertThat(newest.getNext()).isNotNull();

        LedgerHistoryOut oldest = ledger.ledgerHistory(
                new LedgerHistoryIn().currency("EUR").limit(1).cursor(newest.getNext()));
        assertThat(oldest.getEntries())
                .extracting(Entry::getType, Entry::getAmount, Entry::getBalance, Entry::getReference)
                .containsExactly(tuple(Entry.TypeEnum.DEPOSIT, "10.50", "10.50", "first-salary"));
        assertThat(oldest.getNext()).isNull();
    }

    @Test
    void readsTheProblemOfARefusal() throws Exception {
        LedgerApi ledger = ledger("grace@example.org");
        LedgerWithdrawIn withdrawal = new LedgerWithdrawIn().currency("EUR").amount("1.00");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> ledger.ledgerWithdraw(withdrawal, "too-much"))
                .satisfies(refusal -> {
                    assertThat(refusal.getCode()).isEqualTo(409);
                    Problem problem = problem(refusal);
                    assertThat(problem.getCode()).isEqualTo("INSUFFICIENT_FUNDS");
                    assertThat(problem.getStatus()).isEqualTo(409);
                    assertThat(problem.getTraceId()).matches("[0-9a-f]{32}");
                });
    }

    @Test
    void readsTheFieldsThatWereRefused() throws Exception {
        LedgerApi ledger = ledger("edsger@example.org");
        LedgerDepositIn negative = new LedgerDepositIn().currency("EUR").amount("-1");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> ledger.ledgerDeposit(negative, null))
                .satisfies(refusal -> {
                    Problem problem = problem(refusal);
                    assertThat(problem.getCode()).isEqualTo("VALIDATION_FAILED");
                    assertThat(problem.getErrors()).singleElement().satisfies(error -> {
                        assertThat(error.getPointer()).isEqualTo("/amount");
                        assertThat(error.getCode()).isEqualTo("pattern");
                    });
                });
    }

    @Test
    void takesAMapForTheObjectWithoutMembers() throws Exception {
        LedgerApi ledger = ledger("barbara@example.org");

        assertThat(ledger.ledgerCurrencies(Map.of()).getCurrencies())
                .extracting(Currency::getCode, Currency::getScale)
                .contains(tuple("EUR", 2), tuple("JPY", 0));
    }

    @Test
    void isRefusedWithoutAToken() {
        LedgerApi ledger = new LedgerApi(client());

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> ledger.ledgerBalance(new LedgerBalanceIn()))
                .satisfies(refusal -> assertThat(problem(refusal).getCode()).isEqualTo("UNAUTHENTICATED"));
    }

    private static LedgerApi ledger(String email) throws ApiException {
        AccountsApi accounts = new AccountsApi(client());
        accounts.accountsRegister(new AccountsRegisterIn().email(email));
        AccountsConfirmOut opened = accounts.accountsConfirm(new AccountsConfirmIn()
                .email(email)
                .code(application.code(email, "Confirm your address"))
                .password(PASSWORD));
        assertThat(opened.getRefreshToken()).isNotEmpty();
        AccountsSignInOut signedIn =
                accounts.accountsSignIn(new AccountsSignInIn().email(email).password(PASSWORD));
        assertThat(signedIn.getExpiresAt()).isAfter(OffsetDateTime.now(ZoneOffset.UTC));
        String token = signedIn.getToken();
        ApiClient client = client();
        // tag::token[]
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        LedgerApi ledger = new LedgerApi(client);
        // end::token[]
        return ledger;
    }

    private static ApiClient client() {
        // tag::address[]
        ApiClient client = new ApiClient();
        client.updateBaseUri(application.url());
        // end::address[]
        return client;
    }

    private static Problem problem(ApiException refusal) throws Exception {
        // tag::problem[]
        return new ApiClient().getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
        // end::problem[]
    }
}
