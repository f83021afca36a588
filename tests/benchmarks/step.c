/* One training step in plain C, float32: the floor that the NumPy step is measured against.
   cc -O3 -march=native -ffast-math -shared -fPIC. Parameters:
   Wxh transposed (V, H), Whh (H, H), Why (V, H), bh (H), by (V). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void adagrad(float *p, float *g, float *m, int n, float rate) {
    for (int i = 0; i < n; i++) {
        float x = g[i] > 5 ? 5 : g[i] < -5 ? -5 : g[i];
        m[i] += x * x;
        p[i] -= rate * x / sqrtf(m[i] + 1e-8f);
    }
}

float step(float *Wxh, float *Whh, float *Why, float *bh, float *by, float *g, float *m, float *h, float *work,
           const int *in, const int *out, int T, int H, int V, float rate) {
    float *hs = work, *p = hs + (T + 1) * H, *da = p + T * V, *dh = da + H, *next = dh + H;
    float *gWhh = g, *gWhy = gWhh + H * H, *gbh = gWhy + V * H, *gby = gbh + H, *gWxh = gby + V;
    float *mWhh = m, *mWhy = mWhh + H * H, *mbh = mWhy + V * H, *mby = mbh + H, *mWxh = mby + V;
    float loss = 0;
    memcpy(hs, h, H * sizeof(float));
    memset(g, 0, (H * H + V * H + H + V) * sizeof(float));
    for (int t = 0; t < T; t++) memset(gWxh + in[t] * H, 0, H * sizeof(float));
    for (int t = 0; t < T; t++) {
        float *now = hs + (t + 1) * H, *old = hs + t * H, *x = Wxh + in[t] * H, *q = p + t * V, top = -1e30f, sum = 0;
        for (int i = 0; i < H; i++) {
            float a = x[i] + bh[i], *w = Whh + i * H;
            for (int j = 0; j < H; j++) a += w[j] * old[j];
            now[i] = a;
        }
        for (int i = 0; i < H; i++) now[i] = tanhf(now[i]);
        for (int v = 0; v < V; v++) {
            float y = by[v], *w = Why + v * H;
            for (int j = 0; j < H; j++) y += w[j] * now[j];
            q[v] = y;
            top = y > top ? y : top;
        }
        for (int v = 0; v < V; v++) sum += q[v] = expf(q[v] - top);
        loss -= logf(q[out[t]] / sum);
        for (int v = 0; v < V; v++) q[v] /= sum;
    }
    memset(next, 0, H * sizeof(float));
    for (int t = T - 1; t >= 0; t--) {
        float *now = hs + (t + 1) * H, *old = hs + t * H, *q = p + t * V;
        q[out[t]] -= 1;
        memcpy(dh, next, H * sizeof(float));
        for (int v = 0; v < V; v++) {
            float d = q[v], *w = Why + v * H, *gw = gWhy + v * H;
            gby[v] += d;
            for (int j = 0; j < H; j++) { dh[j] += d * w[j]; gw[j] += d * now[j]; }
        }
        memset(next, 0, H * sizeof(float));
        for (int i = 0; i < H; i++) da[i] = (1 - now[i] * now[i]) * dh[i];
        for (int i = 0; i < H; i++) {
            float d = da[i], *w = Whh + i * H, *gw = gWhh + i * H;
            gbh[i] += d;
            gWxh[in[t] * H + i] += d;
            for (int j = 0; j < H; j++) { gw[j] += d * old[j]; next[j] += d * w[j]; }
        }
    }
    memcpy(h, hs + T * H, H * sizeof(float));
    adagrad(Whh, gWhh, mWhh, H * H, rate);
    adagrad(Why, gWhy, mWhy, V * H, rate);
    adagrad(bh, gbh, mbh, H, rate);
    adagrad(by, gby, mby, V, rate);
    for (int t = 0; t < T; t++) {
        int seen = 0;
        for (int s = 0; s < t; s++) seen |= in[s] == in[t];
        if (!seen) adagrad(Wxh + in[t] * H, gWxh + in[t] * H, mWxh + in[t] * H, H, rate);
    }
    return loss;
}
