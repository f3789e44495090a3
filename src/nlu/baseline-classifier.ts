import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
