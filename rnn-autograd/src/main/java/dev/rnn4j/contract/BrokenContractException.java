package dev.rnn4j.contract;

/** A cell that breaks a promise. */
public final class BrokenContractException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Report report;

  BrokenContractException(Report report) {
    super(report.toString());
    this.report = report;
  }

  /** Returns all that was found. */
  public Report report() {
    return report;
  }
}
