package io.betrue.examples.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.betrue.commands.Principal;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks the tokens that name a user: JSON web tokens (RFC 7519), signed with HS256 and nothing else.
 *
 * <p>Whoever only checks tokens needs this class and a key, and no database. Safe for use by multiple threads.
 */
public final class Tokens {
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    private static final String SESSION_CLAIM = "sid";
    private static final String ROLES_CLAIM = "roles";

    /** The attribute of a {@link Principal} with the session that its token belongs to. */
    static final String SESSION = "session";

    private static final int LONGEST_TOKEN = 2048;

    private final TokenOptions options;
    private final Clock clock;
    private final SecureRandom random;
    private final MACSigner signer;
    private final List<JWSVerifier> verifiers = new ArrayList<>();

    /**
     * Makes tokens with these options.
     *
     * @param options keys, issuer, audience, lifetime
     * @param clock what time it is
     * @param random where token ids come from
     */
    public Tokens(TokenOptions options, Clock clock, SecureRandom random) {
        this.options = options;
        this.clock = clock;
        this.random = random;
        try {
            this.signer = new MACSigner(options.keys().current());
            for (byte[] key : options.keys().all()) {
                verifiers.add(new MACVerifier(key));
            }
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a signing key cannot be used with HS256: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a token.
     *
     * @param user whom it names
     * @param session which sign-in it belongs to
     * @param roles what the user may be
     * @return the token and when it expires
     */
    public Token issue(UUID user, UUID session, Set<String> roles) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(options.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        SignedJWT token = new SignedJWT(
                HEADER,
                new JWTClaimsSet.Builder()
                        .issuer(options.issuer())
                        .audience(options.audience())
                        .subject(user.toString())
                        .claim(SESSION_CLAIM, session.toString())
                        .claim(ROLES_CLAIM, List.copyOf(roles))
                        .jwtID(id())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expiresAt))
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with HS256", e);
        }
        return new Token(token.serialize(), expiresAt);
    }

    /**
     * Checks a token: form, algorithm, signature, issuer, audience, times.
     *
     * @param token what the caller sent after {@code Bearer}
     * @return the caller, whose id is the user's; empty if the token is not believed, for whatever reason. It is what {@code Authentication.bearer} asks for
     */
    public Optional<Principal> verify(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!isSigned(jwt) || !isForUsNow(jwt.getJWTClaimsSet())) {
                return Optional.empty();
            }
            return principal(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Principal> principal(JWTClaimsSet claims) throws ParseException {
        String user = claims.getSubject();
        if (user == null) {
            return Optional.empty();
        }
        List<String> roles = claims.getStringListClaim(ROLES_CLAIM);
        String session = claims.getStringClaim(SESSION_CLAIM);
        return Optional.of(new Principal(
                UUID.fromString(user).toString(),
                roles == null ? Set.of() : Set.copyOf(roles),
                session == null
                        ? Map.of()
                        : Map.of(SESSION, UUID.fromString(session).toString())));
    }

    private boolean isSigned(SignedJWT jwt) throws JOSEException {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.HS256.equals(header.getAlgorithm()) || !JOSEObjectType.JWT.equals(header.getType())) {
            return false;
        }
        for (JWSVerifier verifier : verifiers) {
            if (jwt.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    private boolean isForUsNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant earliest = now.minus(options.skew());
        Instant latest = now.plus(options.skew());
        return options.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(options.audience())
                && instant(claims.getExpirationTime(), Instant.MIN).isAfter(earliest)
                && !instant(claims.getNotBeforeTime(), Instant.MIN).isAfter(latest)
                && !instant(claims.getIssueTime(), Instant.MAX).isAfter(latest);
    }

    private static Instant instant(@Nullable Date date, Instant otherwise) {
        return date == null ? otherwise : date.toInstant();
    }

    private String id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
