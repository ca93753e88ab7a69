package dev.heddle.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A block of a PEM file (RFC 7468): a label and what is encoded under it. Text around blocks is
/// passed over.
///
/// @param file it is from
/// @param label `CERTIFICATE`, `PRIVATE KEY` and the like
/// @param headers lines before the content, as old encrypted keys have; mostly empty
record Pem(Path file, String label, String headers, String base64) {
  private static final int LARGEST_FILE = 4 * 1024 * 1024;

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[A-Za-z-]+:[^\\n]*\\n|\\s)*)([A-Za-z0-9+/=\\s]*?)"
              + "-----END \\1-----");

  /// The blocks of a file, in their order.
  static List<Pem> read(Path file) throws TlsConfigurationException {
    String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
    List<Pem> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      blocks.add(new Pem(file, block.group(1), block.group(2).strip(), block.group(3)));
    }
    return blocks;
  }

  /// What is encoded.
  byte[] content() throws TlsConfigurationException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new TlsConfigurationException(file + ": a PEM block is damaged", e);
    }
  }

  /// Without what is encoded.
  @Override
  public String toString() {
    return label + " in " + file;
  }

  /// The content of a file of certificates or keys.
  static byte[] bytes(Path file) throws TlsConfigurationException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new TlsConfigurationException(file + " is too large for certificates and keys");
      }
      return Files.readAllBytes(file);
    } catch (TlsConfigurationException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new TlsConfigurationException("can't read " + file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new TlsConfigurationException("can't read " + file + ": permission denied", e);
    } catch (IOException e) {
      throw new TlsConfigurationException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /// The certificates of a file, in their order: one at least.
  static List<X509Certificate> certificates(Path file) throws TlsConfigurationException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem block : read(file)) {
        if (block.label.endsWith("CERTIFICATE")) {
          certificates.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.content())));
        }
      }
    } catch (CertificateException e) {
      throw new TlsConfigurationException(file + ": a certificate is damaged", e);
    }
    if (certificates.isEmpty()) {
      throw new TlsConfigurationException(
          file + " holds no certificate: expected PEM, with -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }
}
