"""Boosted trees: fitting, and writing them down so that export.ts can turn them into ONNX."""
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier


def fit(x, y, trees=200, leaves=12, weight=None, seed=0, rate=.06, columns=None):
    model = HistGradientBoostingClassifier(max_iter=trees, learning_rate=rate, max_leaf_nodes=leaves, min_samples_leaf=40,
                                           l2_regularization=3., early_stopping=False, random_state=seed)
    model.columns = np.arange(x.shape[1]) if columns is None else np.asarray(columns)
    return model.fit(x[:, model.columns], y, sample_weight=weight)


def margin(model, x, block=20000):
    """Log odds before any calibration."""
    return np.concatenate([model.decision_function(x[i:i + block][:, model.columns]) for i in range(0, len(x), block)])


def written(model, mean, sd):
    """Trees as plain lists; leaf values and base so scaled that the ensemble gives (margin - mean) / sd."""
    trees = []
    for (tree,) in model._predictors:
        nodes = []
        for n in tree.nodes:
            if n["is_leaf"]:
                nodes.append({"value": float(n["value"]) / sd})
            else:
                nodes.append({"feature": int(model.columns[n["feature_idx"]]), "at_most": floor32(n["num_threshold"]),
                              "left": int(n["left"]), "right": int(n["right"])})
        trees.append(nodes)
    return {"base": (float(np.ravel(model._baseline_prediction)[0]) - mean) / sd, "trees": trees}


def floor32(value):
    """Largest float32 not above the threshold: comparing float32 features with it gives the same branch."""
    v = np.float32(value)
    return float(v if v <= value else np.nextafter(v, np.float32(-np.inf)))
