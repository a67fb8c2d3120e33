package io.betrue.examples.accounts;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import me.gosimple.nbvcxz.resources.DictionaryUtil;

/** The most frequent passwords that are long enough to be chosen here, in lower case. They are read when the first password is compared with them, and kept. */
final class CommonPasswords {
    /** What OWASP's ASVS 5.0 asks for at the least. */
    private static final int FEWEST = 3000;

    private static final Set<String> ALL = read();

    private CommonPasswords() {}

    private static Set<String> read() {
        Set<String> passwords = DictionaryUtil.loadRankedDictionary(DictionaryUtil.passwords).keySet().stream()
                .filter(password -> password.length() >= Credentials.SHORTEST_PASSWORD)
                .map(password -> password.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (passwords.size() < FEWEST) { // the library gives what it could read, and tells nobody of the rest
            throw new IllegalStateException(
                    "nbvcxz must have " + FEWEST + " frequent passwords or more, has " + passwords.size());
        }
        return passwords;
    }

    /** {@return whether a password in NFKC is one of them, in whatever case} */
    static boolean contains(String password) {
        return ALL.contains(password.toLowerCase(Locale.ROOT));
    }

    /** {@return how many they are} */
    static int count() {
        return ALL.size();
    }
}
