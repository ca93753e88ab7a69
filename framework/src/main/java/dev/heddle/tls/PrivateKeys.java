package dev.heddle.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// Reads private keys from PEM: PKCS #8, encrypted or not, and what came before it, PKCS #1 for RSA
/// and SEC 1 for elliptic curves.
final class PrivateKeys {
  private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

  private static final Set<String> LABELS =
      Set.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");

  private PrivateKeys() {}

  /// The first private key in a file.
  ///
  /// @param password of the key, if it is encrypted
  /// @param owner the key of the certificate, which tells the algorithm and the curve
  static PrivateKey read(Path file, @Nullable String password, PublicKey owner)
      throws TlsConfigurationException {
    List<Pem> blocks = Pem.read(file);
    Pem block =
        blocks.stream()
            .filter(each -> LABELS.contains(each.label()))
            .findFirst()
            .orElseThrow(
                () ->
                    new TlsConfigurationException(
                        file
                            + " holds no private key: expected PEM, with -----BEGIN PRIVATE"
                            + " KEY-----"));
    if (block.headers().contains("ENCRYPTED")) {
      throw new TlsConfigurationException(
          file
              + " is encrypted in the way of old: convert it by openssl pkcs8 -topk8 -in <old> -out"
              + " <new>");
    }
    byte[] pkcs8 =
        switch (block.label()) {
          case "ENCRYPTED PRIVATE KEY" -> decrypt(file, block.content(), password);
          case "RSA PRIVATE KEY" ->
              wrap(Der.sequence(Der.oid(RSA_ENCRYPTION), Der.nothing()), block.content());
          case "EC PRIVATE KEY" -> wrap(algorithmOf(file, owner), block.content());
          default -> block.content();
        };
    return decode(file, pkcs8, owner.getAlgorithm());
  }

  private static byte[] decrypt(Path file, byte[] content, @Nullable String password)
      throws TlsConfigurationException {
    if (password == null) {
      throw new TlsConfigurationException(file + " is encrypted: give the key's password");
    }
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
      // Of PBES2 the name says only that; its parameters, written out, are the JDK's algorithm.
      String name = encrypted.getAlgName();
      String algorithm = name.startsWith("PBES2") ? parameters(encrypted) : name;
      return encrypted
          .getKeySpec(SecretKeyFactory.getInstance(algorithm).generateSecret(spec))
          .getEncoded();
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new TlsConfigurationException(
          file
              + " is damaged, or encrypted by an algorithm that this JDK lacks: convert it by"
              + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in <old> -out <new>",
          e);
    } catch (GeneralSecurityException e) {
      throw new TlsConfigurationException("wrong password for the key in " + file, e);
    } finally {
      spec.clearPassword();
    }
  }

  private static String parameters(EncryptedPrivateKeyInfo encrypted) {
    return String.valueOf(encrypted.getAlgParameters());
  }

  /// `PrivateKeyInfo` (RFC 5208, section 5) around a key of the older kinds.
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(0), algorithm, Der.octetString(key));
  }

  /// The `AlgorithmIdentifier` at the start of a `SubjectPublicKeyInfo`, which names the curve: it
  /// is that of the private key, or the two do not belong together.
  private static byte[] algorithmOf(Path file, PublicKey owner) throws TlsConfigurationException {
    if (!owner.getAlgorithm().equals("EC")) {
      throw new TlsConfigurationException(
          "%s holds a key of an elliptic curve, and its certificate has one of %s"
              .formatted(file, owner.getAlgorithm()));
    }
    byte[] info = owner.getEncoded();
    int start = 2 + lengthOctets(info, 0);
    int end = start + 2 + lengthOctets(info, start) + length(info, start);
    return Arrays.copyOfRange(info, start, end);
  }

  /// How many octets the length of the value at a place has beyond the first.
  private static int lengthOctets(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? 0 : first & 0x7f;
  }

  private static int length(byte[] der, int at) {
    int count = lengthOctets(der, at);
    if (count == 0) {
      return der[at + 1];
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static PrivateKey decode(Path file, byte[] pkcs8, String preferred)
      throws TlsConfigurationException {
    for (String algorithm : List.of(preferred, "RSA", "EC", "EdDSA", "RSASSA-PSS")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
        // it may be of another kind
      }
    }
    throw new TlsConfigurationException(
        file + ": the key is damaged, or of a kind other than RSA, EC and EdDSA");
  }
}
