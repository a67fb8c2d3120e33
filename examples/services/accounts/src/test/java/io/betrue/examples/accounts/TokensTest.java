package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.betrue.commands.Principal;
import io.betrue.examples.accounts.Fixture.StandingClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final UUID SESSION = UUID.randomUUID();

    private static Principal principal(UUID user) {
        return new Principal(user.toString(), Set.of("confirmed"), Map.of("session", SESSION.toString()));
    }

    private static final byte[] OTHER_KEY =
            "another key for tests, of 64 bytes, because HS512 wants that many".getBytes(StandardCharsets.UTF_8);

    private final StandingClock clock = new StandingClock();
    private final Tokens tokens = tokens(Fixture.TOKENS);
    private final UUID user = UUID.randomUUID();

    @Test
    void believesItsOwnUntilItExpires() {
        Token signedIn = tokens.issue(user, SESSION, Set.of("confirmed"));

        assertThat(tokens.verify(signedIn.token())).contains(principal(user));
        clock.advance(Duration.ofMinutes(15).plusSeconds(29));
        assertThat(tokens.verify(signedIn.token())).contains(principal(user));
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.verify(signedIn.token())).isEmpty();
    }

    @Test
    void givesEachTokenAnIdOfItsOwn() throws Exception {
        assertThat(SignedJWT.parse(
                                tokens.issue(user, SESSION, Set.of("confirmed")).token())
                        .getJWTClaimsSet()
                        .getJWTID())
                .hasSize(22)
                .isNotEqualTo(SignedJWT.parse(
                                tokens.issue(user, SESSION, Set.of("confirmed")).token())
                        .getJWTClaimsSet()
                        .getJWTID());
    }

    @Test
    void believesItsOwnFormOnly() throws Exception {
        assertThat(tokens.verify(forged(header(JWSAlgorithm.HS256), claims().build(), signer())))
                .as("the forgeries below differ from a good token in one thing each")
                .contains(Principal.of(user.toString()));
        assertThat(tokens.verify(new PlainJWT(claims().build()).serialize())).isEmpty();
        assertThat(tokens.verify(forged(header(JWSAlgorithm.HS256), claims().build(), new MACSigner(OTHER_KEY))))
                .isEmpty();
        assertThat(tokens.verify(forged(header(JWSAlgorithm.HS512), claims().build(), new MACSigner(OTHER_KEY))))
                .isEmpty();
        assertThat(tokens.verify(forged(header(JWSAlgorithm.RS256), claims().build(), rsa())))
                .isEmpty();
        assertThat(tokens.verify(forged(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        claims().build(),
                        signer())))
                .isEmpty();
        assertThat(tokens.verify(forged(new JWSHeader.Builder(JWSAlgorithm.HS256).build(), claims().build(), signer())))
                .isEmpty();
    }

    @Test
    void believesItsOwnClaimsOnly() throws Exception {
        assertRefused(claims().issuer("someone"));
        assertRefused(claims().issuer(null));
        assertRefused(claims().audience("another-application"));
        assertRefused(claims().audience((String) null));
        assertRefused(claims().expirationTime(null));
        assertRefused(claims().issueTime(null));
        assertRefused(claims().expirationTime(Date.from(clock.instant().minusSeconds(30))));
        assertRefused(claims().issueTime(Date.from(clock.instant().plusSeconds(31))));
        assertRefused(claims().notBeforeTime(Date.from(clock.instant().plusSeconds(31))));
        assertRefused(claims().subject(null));
        assertRefused(claims().subject("root"));
    }

    @Test
    void refusesATokenThatWasTamperedWith() {
        String token = tokens.issue(user, SESSION, Set.of("confirmed")).token();
        String[] parts = token.split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace(user.toString(), UUID.randomUUID().toString());
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.verify(parts[0] + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                        + "." + parts[2]))
                .isEmpty();
        assertThat(tokens.verify(none + "." + parts[1] + ".")).isEmpty();
        assertThat(tokens.verify(none + "." + parts[1] + "." + parts[2])).isEmpty();
        assertThat(tokens.verify(parts[0] + "." + parts[1] + ".")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "Bearer x", "\0", "eyJhbGciOiJIUzI1NiJ9.W10.AAAA"})
    void refusesWhatIsNoToken(String text) {
        assertThat(tokens.verify(text)).isEmpty();
        assertThat(tokens.verify(text.repeat(100_000))).isEmpty();
    }

    @Test
    void believesThePreviousKeyWhileKeysChange() {
        SigningKeys next = SigningKeys.of(OTHER_KEY);
        String old = tokens.issue(user, SESSION, Set.of("confirmed")).token();
        Tokens changed = tokens(TokenOptions.of(next, "betrue-tests", "betrue-monolith"));
        Tokens changing =
                tokens(TokenOptions.of(next.withPrevious(Fixture.KEYS.current()), "betrue-tests", "betrue-monolith"));

        assertThat(changing.verify(old)).contains(principal(user));
        assertThat(changed.verify(old)).isEmpty();
        assertThat(changed.verify(
                        changing.issue(user, SESSION, Set.of("confirmed")).token()))
                .contains(principal(user));
        assertThat(tokens.verify(
                        changing.issue(user, SESSION, Set.of("confirmed")).token()))
                .isEmpty();
    }

    @Test
    void refusesAShortKey() {
        assertThatThrownBy(() -> SigningKeys.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a signing key must have at least 32 bytes, this one has 31");
    }

    private void assertRefused(JWTClaimsSet.Builder claims) throws JOSEException {
        assertThat(tokens.verify(forged(header(JWSAlgorithm.HS256), claims.build(), signer())))
                .isEmpty();
    }

    private Tokens tokens(TokenOptions options) {
        return new Tokens(options, clock, new SecureRandom());
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("betrue-tests")
                .audience("betrue-monolith")
                .subject(user.toString())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private static JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).build();
    }

    private static JWSSigner signer() throws JOSEException {
        return new MACSigner(Fixture.KEYS.current());
    }

    private static JWSSigner rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new RSASSASigner(generator.generateKeyPair().getPrivate());
    }

    private static String forged(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
