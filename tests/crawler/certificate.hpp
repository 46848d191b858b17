// A key and a certificate that nobody signed, for a server of a test's own.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace boardwalk::tests {

struct Certificate {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{nullptr, EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> certificate{nullptr, X509_free};
};

// Good for a day. Throws when it cannot be made.
[[nodiscard]] Certificate make_certificate();

}  // namespace boardwalk::tests
