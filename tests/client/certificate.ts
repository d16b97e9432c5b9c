/** A certificate that no authority has signed, for `api.gitpod.test` and `localhost`, and its key: for loopback tests only. */
export const certificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBsjCCAVigAwIBAgIUMupjlMhN4fsgfJyyzWKx1rFnbjcwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPYXBpLmdpdHBvZC50ZXN0MCAXDTI2MTEyMTA3NTUzOFoYDzIx
MjYxMDI4MDc1NTM4WjAaMRgwFgYDVQQDDA9hcGkuZ2l0cG9kLnRlc3QwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAAS+sixRWKoEpAkHTd+QoI436+oZe+zI1GQu5u+z
5XkMW0DtKuGjfsrKKGgqRp0wu2ybbfIEenkIle969NA+HZcPo3oweDAdBgNVHQ4E
FgQU4V9PZ1geL8JfEzfrrHnZPZQfWmMwHwYDVR0jBBgwFoAU4V9PZ1geL8JfEzfr
rHnZPZQfWmMwJQYDVR0RBB4wHIIPYXBpLmdpdHBvZC50ZXN0gglsb2NhbGhvc3Qw
DwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBu7HA438Dj+m7cG2ly
R0HyXpmJbKmYRcAghF4zxKSo8AIhAINMX+dqFI6+Tsi2HQmr39/hqoOaby3uHWcl
+o+/i9td
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0Nex0DSRbbGcMuco
mkwTm4eredT8CNT8SIm7fLQJAPShRANCAAS+sixRWKoEpAkHTd+QoI436+oZe+zI
1GQu5u+z5XkMW0DtKuGjfsrKKGgqRp0wu2ybbfIEenkIle969NA+HZcP
-----END PRIVATE KEY-----
`,
};
