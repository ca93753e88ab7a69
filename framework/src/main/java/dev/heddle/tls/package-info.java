/// TLS 1.2 and 1.3 over any transport. Start with [dev.heddle.tls.Tls].
package dev.heddle.tls;
