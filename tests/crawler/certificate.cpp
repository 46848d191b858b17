#include "tests/crawler/certificate.hpp"

#include <openssl/ec.h>

#include <stdexcept>

namespace boardwalk::tests {

Certificate make_certificate() {
  Certificate made;
  made.key.reset(EVP_EC_gen("P-256"));
  made.certificate.reset(X509_new());
  if (!made.key || !made.certificate) throw std::runtime_error("cannot make a key");
  X509* const certificate = made.certificate.get();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400);
  X509_set_pubkey(certificate, made.key.get());
  X509_NAME* const name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("heron"), -1,
                             -1, 0);
  X509_set_issuer_name(certificate, name);
  if (X509_sign(certificate, made.key.get(), EVP_sha256()) <= 0)
    throw std::runtime_error("cannot sign a certificate");
  return made;
}

}  // namespace boardwalk::tests
