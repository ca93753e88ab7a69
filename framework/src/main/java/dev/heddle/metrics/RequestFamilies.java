package dev.heddle.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// How the counts of requests are told.
final class RequestFamilies {
  private static final Comparator<RequestLabels> ORDER =
      Comparator.comparing(RequestLabels::route)
          .thenComparing(RequestLabels::method)
          .thenComparing(RequestLabels::status)
          .thenComparing(RequestLabels::protocol);

  private final PrometheusText out;
  private final SortedMap<RequestLabels, RequestSeries> all = new TreeMap<>(ORDER);

  private RequestFamilies(PrometheusText out, Map<RequestLabels, RequestSeries> all) {
    this.out = out;
    this.all.putAll(all);
  }

  static void write(PrometheusText out, Map<RequestLabels, RequestSeries> all) {
    new RequestFamilies(out, all).write();
  }

  private void write() {
    counter(
        "heddle_http_requests_total",
        "Requests answered or given up.",
        series -> Arrays.stream(series.buckets()).sum());
    counter(
        "heddle_http_requests_cut_short_total",
        "Requests whose answer did not come to its end: the peer had gone, or the body failed.",
        RequestSeries::cutShort);
    counter(
        "heddle_http_request_body_bytes_total",
        "Bytes of requests' bodies that were read, without framing.",
        RequestSeries::bytesRead);
    counter(
        "heddle_http_response_body_bytes_total",
        "Bytes of responses' bodies, without framing.",
        RequestSeries::bytesWritten);
    out.histogram(
        "heddle_http_request_duration_seconds",
        "From the end of a request's head to the end of its answer.");
    double[] bounds = RequestSeries.boundsInSeconds();
    all.forEach(
        (labels, series) -> out.buckets(bounds, series.buckets(), series.seconds(), pairs(labels)));
  }

  private void counter(String name, String help, ToLongFunction<RequestSeries> count) {
    out.counter(name, help);
    all.forEach((labels, series) -> out.sample(count.applyAsLong(series), pairs(labels)));
  }

  private static String[] pairs(RequestLabels labels) {
    return new String[] {
      "route", labels.route(),
      "method", labels.method(),
      "status", labels.status(),
      "protocol", labels.protocol()
    };
  }
}
