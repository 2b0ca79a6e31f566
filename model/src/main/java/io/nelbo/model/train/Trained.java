package io.nelbo.model.train;

import io.nelbo.model.score.TrainedModel;
import io.nelbo.model.score.TrainingReport;

/** What a training gives: a model and how it came to be. */
public record Trained(TrainedModel model, TrainingReport report) {}
