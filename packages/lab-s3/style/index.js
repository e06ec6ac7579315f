import './buckets.css';
