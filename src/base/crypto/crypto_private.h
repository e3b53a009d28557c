/* crypto: what its files share. */
#pragma once
#include "base/crypto/crypto.h"

#include <openssl/evp.h>

extern const Text sm2_identity;
const EVP_MD *crypto_sm3(void);
const EVP_CIPHER *crypto_sm4(void); /* in counter mode */
void big_endian_64(unsigned char out[8], uint64_t value);
uint64_t big_endian_64_read(const unsigned char at[8]);
